using CxSurveys.Web.Platform;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform();
builder.Services.AddRazorPages(pages => pages.RootDirectory = "/Features");

await using var app = builder.Build();
app.UsePlatform();
app.MapStaticAssets().AllowAnonymous();
app.MapRazorPages();
await app.PrepareDatabaseAsync(CancellationToken.None);
await app.RunAsync();

public partial class Program;
