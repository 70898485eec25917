using KennisstedenPortal.Data.People;
using Microsoft.AspNetCore.Identity;

namespace KennisstedenPortal.Web.SignIn;

/// <summary>Who may sign in: an account that is neither closed nor forgotten.</summary>
internal sealed class OpenAccounts : IUserConfirmation<Account>
{
    public Task<bool> IsConfirmedAsync(UserManager<Account> manager, Account user) => Task.FromResult(user.DisabledAt is null && user.ForgottenAt is null);
}
