using Microsoft.AspNetCore.Http;

namespace Assay.Server.Access;

/// <summary>Browsers that have signed in.</summary>
internal sealed class Sessions(KeyRing keys, SessionCookie cookie, Audit audit, TimeProvider time)
{
    // Whoever can read the address that the hub prints may do everything.
    private static readonly Scope[] Reach = [Scope.Admin];

    public async Task StartAsync(HttpContext context)
    {
        var (secret, now) = (AccessKey.NewSecret(), time.GetUtcNow());
        var key = AccessKey.Of(secret, AccessKeyKind.Session, "browser", Reach, now, now + SessionCookie.Lifetime);
        await keys.AddAsync(key, context.RequestAborted);
        await audit.WriteAsync(new AuditedWrite(Caller.Of(key).Actor, "session.start", key.Id, "signed in by a one-time address"), context.RequestAborted);
        cookie.Set(context, secret);
    }

    public async Task EndAsync(HttpContext context)
    {
        if (context.Caller() is { IsBrowser: true, Key: { } key } caller)
        {
            await keys.RemoveAsync(key);
            await audit.WriteAsync(new AuditedWrite(caller.Actor, "session.end", key.Id, "signed out"), context.RequestAborted);
        }

        cookie.Remove(context);
    }
}

/// <summary>Makes sign-in addresses; the hub says where it is reached once it listens.</summary>
internal sealed class SignInUrls(SignInCodes codes)
{
    private Uri? pages;

    public void ReachedAt(Uri address) => pages = address;

    public SignInUrl New()
    {
        var code = codes.New();
        return new SignInUrl(new Uri(pages ?? throw new InvalidOperationException("The hub does not listen yet."), $"/signin?code={code.Code}"), code.Expires);
    }
}
