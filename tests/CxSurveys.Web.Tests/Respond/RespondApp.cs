using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CxSurveys.Web.Tests.Respond;

/// <summary>The app with a clock that tests can move, so that forms expire and change windows end.</summary>
public sealed class RespondApp(TestPostgres postgres) : CxApp(postgres)
{
    public MovableClock Clock { get; } = new();

    protected override void Configure(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
}
