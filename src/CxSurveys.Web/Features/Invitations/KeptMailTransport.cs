using CxSurveys.Web.Data;
using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>The built-in mailbox: no mail leaves the house.</summary>
internal sealed class KeptMailTransport(IServiceScopeFactory scopes, InvitationSeal seal, TimeProvider clock) : IMailTransport
{
    public Task<Delivery> OpenAsync(CancellationToken ct) => Task.FromResult(Delivery.Done);

    public async Task<Delivery> SendAsync(MimeMessage mail, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        await mail.WriteToAsync(bytes, ct);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        db.Add(new KeptMail { At = clock.GetUtcNow(), Sealed = seal.SealMail(bytes.ToArray()) });
        await db.SaveChangesAsync(ct);
        return Delivery.Done;
    }

    public Task CloseAsync(CancellationToken ct) => Task.CompletedTask;
}
