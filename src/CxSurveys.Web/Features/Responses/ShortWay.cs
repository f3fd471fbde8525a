using System.Buffers;
using System.Buffers.Text;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Responses;

/// <summary>
/// The short way in for what nearly every request to store is: a key known to be good, an ordinary body, an id that is new. Whatever else comes, and
/// whatever is wrong with it, goes on to <see cref="PostResponse"/>, which alone knows errors; this way can only say yes, and "busy".
/// </summary>
internal sealed class ShortWay(OrdinaryResponse ordinary, ResponseIntake intake)
{
    const int Largest = 1 << 14;

    public static bool IsFor(HttpRequest request) =>
        request.Path.Value == PostResponse.Path && HttpMethods.IsPost(request.Method) && request.ContentLength is > 0 and <= Largest
        && request.ContentType is "application/json" or "application/json; charset=utf-8" && request.Headers.ContentEncoding.Count == 0;

    public async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        if (intake.IsFull)
        {
            await BusyAsync(http);
            return;
        }
        var outcome = await ReadAsync(http.Request) is { } response ? await StoreAsync(response) : ((Guid, Intake)?)null;
        switch (outcome)
        {
            case (var id, Intake.Stored): Tell(http, StatusCodes.Status201Created, id); break;
            case (var id, Intake.SameAgain): Tell(http, StatusCodes.Status200OK, id); break;
            case (_, Intake.Busy): await BusyAsync(http); break;
            default: await next(http); break;
        }
    }

    // What was read stays in the pipe, for the long way to read again.
    async ValueTask<NewResponse?> ReadAsync(HttpRequest request)
    {
        int length = (int)request.ContentLength!.Value;
        var read = await request.BodyReader.ReadAtLeastAsync(length, request.HttpContext.RequestAborted);
        try
        {
            return read.Buffer.Length != length ? null : read.Buffer.IsSingleSegment ? ordinary.Read(read.Buffer.FirstSpan) : ordinary.Read(read.Buffer.ToArray());
        }
        finally
        {
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    async Task<(Guid, Intake)?> StoreAsync(NewResponse response)
    {
        try
        {
            return (response.Id, await intake.StoreAsync(response));
        }
        catch (Exception)
        {
            // The long way meets the same and has an answer to it: with the same id it is stored once.
            return null;
        }
    }

    static Task BusyAsync(HttpContext http)
    {
        SecurityHeaders.Write(http);
        return BusyAnswer.Instance.ExecuteAsync(http);
    }

    static void Tell(HttpContext http, int status, Guid id)
    {
        const int Length = 45;
        if (http.Request.BodyReader.TryRead(out var rest)) http.Request.BodyReader.AdvanceTo(rest.Buffer.End);
        var answer = http.Response;
        SecurityHeaders.Write(http);
        answer.StatusCode = status;
        answer.ContentType = "application/json; charset=utf-8";
        answer.ContentLength = Length;
        if (status == StatusCodes.Status201Created) answer.Headers.Location = PostResponse.AddressOf(id);
        var body = answer.BodyWriter.GetSpan(Length);
        "{\"id\":\""u8.CopyTo(body);
        Utf8Formatter.TryFormat(id, body[7..], out int written);
        "\"}"u8.CopyTo(body[(7 + written)..]);
        answer.BodyWriter.Advance(Length);
    }
}
