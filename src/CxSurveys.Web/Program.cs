using CxSurveys.Web.Data;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<CxDbContext>(o => o.UseNpgsql(builder.Configuration.GetConnectionString("CxSurveys")).UseSnakeCaseNamingConvention());
builder.Services.AddRazorPages(pages => pages.RootDirectory = "/Features");
builder.Services.AddSingleton(TimeProvider.System);
var app = builder.Build();
app.MapRazorPages();
await app.RunAsync();

public partial class Program;
