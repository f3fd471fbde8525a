using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Accounts;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddDbContext<CxDbContext>(o => o.UseNpgsql(builder.Configuration.GetConnectionString("CxSurveys")).UseSnakeCaseNamingConvention());
builder.Services.AddRazorPages(pages => pages.RootDirectory = "/Features")
    .AddMvcOptions(mvc => mvc.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSecurityHeaders().AddErrorPages().AddRateLimits();
builder.Services.AddAccounts();
var app = builder.Build();
app.UseSecurityHeaders();
app.UseErrorPages();
app.UseStaticFiles();
app.UseAccounts();
app.MapRazorPages();
app.MapAccounts();
await app.RunAsync();

public partial class Program;
