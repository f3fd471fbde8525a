namespace CxSurveys.Web.Features.Responses;

/// <summary>Reads a stored response back, for the customer who gave it.</summary>
public sealed class ResponseReader
{
    public Task<StoredResponse?> FindAsync(Guid id, CancellationToken ct) => throw new NotSupportedException();
}
