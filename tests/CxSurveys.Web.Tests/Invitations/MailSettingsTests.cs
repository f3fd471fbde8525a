using CxSurveys.Web.Features.Invitations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace CxSurveys.Web.Tests.Invitations;

public sealed class MailSettingsTests
{
    static MailSettings Read(string settings, string environment = "Production") => MailSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0] == "Demo" ? "CxSurveys:Demo" : "CxSurveys:Mail:" + s[0], (string?)s[1]))).Build(),
        new Named { EnvironmentName = environment });

    [Theory]
    [InlineData("", "Production", MailRoute.None, 587)]
    [InlineData("", "Development", MailRoute.Mailbox, 587)]
    [InlineData("Demo=true", "Production", MailRoute.Mailbox, 587)]
    [InlineData("Host=mail.example;From=a@b.example", "Development", MailRoute.Smtp, 587)]
    [InlineData("Host=mail.example;From=a@b.example;Tls=Tls", "Production", MailRoute.Smtp, 465)]
    [InlineData("Host=mail.example;From=a@b.example;Tls=None", "Production", MailRoute.Smtp, 25)]
    [InlineData("Host=::1;From=a@b.example;Tls=none;Port=2525", "Production", MailRoute.Smtp, 2525)]
    public void Where_mail_goes_and_over_which_port(string settings, string environment, MailRoute route, int port)
    {
        var read = Read(settings, environment);
        Assert.Equal(route, read.Route);
        if (route == MailRoute.Smtp) Assert.Equal(port, read.Port);
    }

    [Theory]
    [InlineData("Host=mail.example", "CxSurveys__Mail__From")]
    [InlineData("Host=mail.example;From=Shop <a@b.example>", "CxSurveys__Mail__From")]
    [InlineData("From=a@b.example, c@d.example", "CxSurveys__Mail__From")]
    [InlineData("Host=mail.example:25;From=a@b.example", "CxSurveys__Mail__Host")]
    [InlineData("Host=mail.example;From=a@b.example;Port=0", "CxSurveys__Mail__Port")]
    [InlineData("Host=mail.example;From=a@b.example;Port=smtp", "CxSurveys__Mail__Port")]
    [InlineData("Host=mail.example;From=a@b.example;Tls=yes", "CxSurveys__Mail__Tls")]
    [InlineData("Host=mail.example;From=a@b.example;Tls=1", "CxSurveys__Mail__Tls")]
    [InlineData("Host=mail.example;From=a@b.example;User=u", "CxSurveys__Mail__Password")]
    [InlineData("Host=mail.example;From=a@b.example;Password=p", "CxSurveys__Mail__User")]
    public void A_wrong_setting_is_named(string settings, string named)
    {
        var problem = Assert.Throws<InvalidOperationException>(() => Read(settings));
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("=p", problem.Message, StringComparison.Ordinal);
    }

    sealed class Named : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
