using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Settings;

internal sealed class MailStep(IConfiguration configuration) : ISetUpStep
{
    public int Position => 50;

    public Task<SetUpStep> ReadAsync(CancellationToken ct) => Task.FromResult(configuration["CxSurveys:Mail:Host"] is { Length: > 0 } host
        ? new SetUpStep("Mail", true, $"Invitations go out through {host}.", null)
        : new SetUpStep("Mail", false, "How invitations are sent. Whoever runs this server names a mail server and a sender, then starts the app again. Without it, open links and the API still work.", null)
        {
            MayWait = true,
            Setting = "CxSurveys__Mail__Host=smtp.example.com\nCxSurveys__Mail__From=surveys@example.com",
        });
}
