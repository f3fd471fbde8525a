using System.Globalization;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Invitations;

public enum MailRoute
{
    /// <summary>No mail server is set up: messages wait.</summary>
    None,

    Smtp,

    /// <summary>Mail is kept in the database and shown at <c>/dev/mailbox</c>; for demonstrations and development.</summary>
    Mailbox,
}

public enum MailTls { StartTls, Tls, None }

/// <summary>Where mail goes, from the settings <c>CxSurveys:Mail:...</c>; a wrong one stops the start.</summary>
public sealed record MailSettings
{
    public required MailRoute Route { get; init; }
    public string Host { get; init; } = "";
    public int Port { get; init; }
    public string? User { get; init; }
    public string? Password { get; init; }

    /// <summary>The address mails come from; their name is the company's.</summary>
    public string From { get; init; } = "surveys@localhost";

    public MailTls Tls { get; init; }

    /// <exception cref="InvalidOperationException">A setting is wrong; the message names it.</exception>
    public static MailSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection("CxSurveys:Mail");
        string? Given(string name) => section[name] is { Length: > 0 } value ? value : null;

        var tls = ReadTls(Given("Tls"));
        int port = ReadPort(Given("Port"), tls);
        string? from = Given("From"), host = Given("Host");
        if (from is not null && !TextRules.IsEmail(from)) throw Wrong("From", "is not one email address, such as surveys@example.com; the name beside it is the company's");
        if (host is null) return new MailSettings { Route = KeepsMail(configuration, environment) ? MailRoute.Mailbox : MailRoute.None, From = from ?? "surveys@localhost" };

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) throw Wrong("Host", $"is '{host}', which is not the name or address of a server; the port has a setting of its own");
        if (from is null) throw Wrong("From", "is missing: the address mails come from, such as surveys@example.com");
        if (Given("User") is null != Given("Password") is null) throw Wrong(Given("User") is null ? "User" : "Password", "is missing: user and password go together");
        return new MailSettings { Route = MailRoute.Smtp, Host = host, Port = port, Tls = tls, From = from, User = Given("User"), Password = Given("Password") };
    }

    static bool KeepsMail(IConfiguration configuration, IHostEnvironment environment) =>
        environment.IsDevelopment() || string.Equals(configuration["CxSurveys:Demo"], "true", StringComparison.OrdinalIgnoreCase);

    static MailTls ReadTls(string? text)
    {
        if (text is null) return MailTls.StartTls;
        foreach (var tls in Enum.GetValues<MailTls>())
            if (tls.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) return tls;
        throw Wrong("Tls", $"is '{text}'; it is StartTls (the default), Tls or None");
    }

    static int ReadPort(string? text, MailTls tls)
    {
        if (text is null) return tls switch { MailTls.Tls => 465, MailTls.StartTls => 587, _ => 25 };
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and <= 65535
            ? port
            : throw Wrong("Port", $"is '{text}'; a port is a whole number from 1 to 65535");
    }

    static InvalidOperationException Wrong(string name, string what) => new($"The setting CxSurveys__Mail__{name} {what}.");
}
