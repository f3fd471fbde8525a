namespace CxSurveys.Web.Tests.Platform;

/// <summary>The app behind the real server, whose own limits and refusals are part of the contract.</summary>
public sealed class ServedApp(TestPostgres postgres) : CxApp(postgres)
{
    protected override bool OnARealPort => true;
}
