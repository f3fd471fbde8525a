using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Tests.Platform;

public sealed class HealthCommandTests(ServedApp app) : IClassFixture<ServedApp>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ready_app_is_healthy_and_an_absent_one_is_not()
    {
        using var error = new StringWriter();
        Assert.Equal(0, await HealthCommand.RunAsync(app.Address.ToString(), error, Cancel));
        Assert.Equal("", error.ToString());
        Assert.Equal(1, await HealthCommand.RunAsync("http://127.0.0.1:1", error, Cancel));
        Assert.Contains("No answer", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1:5000/health/ready")]
    [InlineData("http://+:8080", "http://127.0.0.1:8080/health/ready")]
    [InlineData("http://*:8080;https://*:8443", "http://127.0.0.1:8080/health/ready")]
    [InlineData("http://[::]:8080", "http://127.0.0.1:8080/health/ready")]
    [InlineData("http://localhost:5001", "http://localhost:5001/health/ready")]
    public void The_first_address_of_the_app_is_asked(string? urls, string asked) => Assert.Equal(asked, HealthCommand.Address(urls).ToString());
}
