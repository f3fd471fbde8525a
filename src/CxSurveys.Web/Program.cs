using CxSurveys.Web;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Features.Branding;
using CxSurveys.Web.Features.Channels;
using CxSurveys.Web.Features.Demo;
using CxSurveys.Web.Features.Invitations;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.People;
using CxSurveys.Web.Features.Respond;
using CxSurveys.Web.Features.Respond.Kiosk;
using CxSurveys.Web.Features.Responses;
using CxSurveys.Web.Features.Scores;
using CxSurveys.Web.Features.Settings;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

return await Verbs.RunAsync(args, Compose);

static WebApplication Compose(string[] hostArgs)
{
    var builder = WebApplication.CreateBuilder(hostArgs);
    LanguageFiles.AddFrom(DataFolder.Path(builder.Configuration, builder.Environment));
    PageTexts.AddFrom(DataFolder.Path(builder.Configuration, builder.Environment));
    builder.AddPlatform();
    builder.Services.AddPages().AddContract();
    builder.Services.AddAccounts();
    builder.Services.AddSettings().AddJourney().AddPeople().AddSurveys().AddInvitations().AddScores().AddResponses().AddRespond();
    builder.Services.AddChannels().AddBranding();
    builder.Services.AddDemo();

    var app = builder.Build();
    app.UseShortWay(header => app.Services.GetRequiredService<ApiKeys>().MayIngest(header));
    app.UsePlatform();
    // Not MapStaticAssets: its fallback route takes every unknown address, so the API could not tell 404 from 405.
    app.UseStaticFiles(KioskWorker.Files);
    app.UseAccounts();
    app.MapRazorPages();
    app.MapRespond();
    app.MapChannels();
    app.MapBranding();
    app.MapAccounts();
    app.MapHome();
    app.MapResponseFiles();
    app.MapInvitationExport();
    app.MapScoreParts();
    var api = app.MapGroup("/api/v1");
    api.MapSettings();
    api.MapJourney();
    api.MapPeople();
    api.MapSurveys();
    api.MapInvitations();
    api.MapScores();
    api.MapResponses();
    return app;
}

public partial class Program;
