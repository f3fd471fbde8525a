using CxSurveys.Web.Features.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CxSurveys.Web.Tests.Accounts;

/// <summary>What happens to an account behind a browser's back.</summary>
internal static class AccountChanges
{
    public static Task LockAsync(this CxApp app, string email) =>
        app.ChangeAsync(email, (accounts, account) => accounts.SetLockoutEndDateAsync(account, DateTimeOffset.MaxValue));

    public static Task ChangeStampAsync(this CxApp app, string email) =>
        app.ChangeAsync(email, (accounts, account) => accounts.UpdateSecurityStampAsync(account));

    public static Task ChangeRoleAsync(this CxApp app, string email, Role role) => app.ChangeAsync(email, (accounts, account) =>
    {
        account.Role = role;
        return accounts.UpdateAsync(account);
    });

    static async Task ChangeAsync(this CxApp app, string email, Func<UserManager<Account>, Account, Task<IdentityResult>> change)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        Assert.True((await change(accounts, (await accounts.FindByEmailAsync(email))!)).Succeeded);
    }
}
