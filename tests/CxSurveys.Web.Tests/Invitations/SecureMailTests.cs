using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;

namespace CxSurveys.Web.Tests.Invitations;

/// <summary>Messages that wait until a mail server is there, and whether what is sent to it can be read on the way.</summary>
public sealed class SecureMailTests(SilentApp app) : IClassFixture<SilentApp>, IAsyncDisposable
{
    readonly string customer = $"c-{Guid.NewGuid():N}";
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cxsurveys-smtp-");
    readonly List<SmtpServer> servers = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers) await server.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_link_that_was_answered_is_sent_by_a_later_process()
    {
        var (id, link) = await app.AskAsync(customer);
        Assert.Equal(0, await Leaks.CountAsync(app, new Uri(link).Segments[^1]));
        var smtp = await ServerAsync(new { });
        using (app.StartAnother(Settings(smtp, ("Tls", "None"), ("PublicUrl", "https://moved.example")))) await app.UntilAsync(id, m => m.State == MessageState.Sent);
        Assert.Equal(link, smtp.Mails.Single(m => m.To[0] == $"{customer}@example.com").Link);
    }

    [Theory]
    [InlineData(false, "StartTls")]
    [InlineData(true, "Tls")]
    public async Task A_mail_goes_encrypted_and_signed_in(bool secure, string tls)
    {
        var (key, cert, thumbprint) = Certificate();
        var smtp = await ServerAsync(new { key, cert, secure, user = "shop", password = "open sesame" });
        var (id, _) = await app.AskAsync(customer);
        using var sender = app.StartAnother(Settings(smtp, ("Tls", tls), ("User", "shop"), ("Password", "open sesame")), services => Trust(services, thumbprint));
        await app.UntilAsync(id, m => m.State == MessageState.Sent);
        var mail = smtp.Mails.Single(m => m.To[0] == $"{customer}@example.com");
        Assert.Equal((true, "shop"), (mail.Secure, mail.User));
    }

    [Theory]
    [InlineData("no STARTTLS offered", "STARTTLS")]
    [InlineData("certificate of a stranger", "certificate")]
    [InlineData("wrong password", "password")]
    [InlineData("nobody listens", "reached")]
    public async Task Without_a_trusted_connection_and_sign_in_nothing_is_sent_and_the_reason_is_told(string hindrance, string told)
    {
        var (key, cert, thumbprint) = Certificate();
        var smtp = await ServerAsync(hindrance == "no STARTTLS offered" ? new { } : new { key, cert, user = "shop", password = "open sesame" });
        var settings = Settings(smtp, ("Tls", "StartTls"), ("User", "shop"), ("Password", "wrong"));
        if (hindrance == "nobody listens") settings["CxSurveys:Mail:Port"] = "1";
        var (id, _) = await app.AskAsync(customer);
        using var sender = app.StartAnother(settings, services => Trust(services, hindrance == "wrong password" ? thumbprint : "another"));

        var message = await app.UntilAsync(id, m => m is { State: MessageState.Waiting, LastProblem: not null });
        Assert.Contains(told, message.LastProblem, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", message.LastProblem, StringComparison.Ordinal);
        Assert.Empty(smtp.Mails);
        await app.ChangePersonAsync(customer, (Person p) => p.OptedOutAt = TimeProvider.System.GetUtcNow());
        await app.WithDbAsync(db => db.Database.ExecuteSqlAsync($"update message set state = 4 where invitation_id = {id}"));
    }

    static void Trust(IServiceCollection services, string thumbprint) => services.Replace(ServiceDescriptor.Singleton(s =>
        new SmtpTransport(s.GetRequiredService<MailSettings>(), NullLogger<SmtpTransport>.Instance, (_, shown, _, _) => shown?.GetCertHashString() == thumbprint)));

    static Dictionary<string, string> Settings(SmtpServer smtp, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string>
        {
            ["CxSurveys:Mail:Host"] = "127.0.0.1",
            ["CxSurveys:Mail:Port"] = $"{smtp.Port}",
            ["CxSurveys:Mail:From"] = "surveys@shop.example",
        };
        foreach (var (name, value) in more) settings[name == "PublicUrl" ? "CxSurveys:PublicUrl" : "CxSurveys:Mail:" + name] = value;
        return settings;
    }

    async Task<SmtpServer> ServerAsync(object options)
    {
        var server = await SmtpServer.StartAsync(options);
        servers.Add(server);
        return server;
    }

    (string Key, string Cert, string Thumbprint) Certificate()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        string key = Path.Combine(folder.FullName, "key.pem"), cert = Path.Combine(folder.FullName, "cert.pem");
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(cert, certificate.ExportCertificatePem());
        return (key, cert, certificate.GetCertHashString());
    }
}
