using System.Globalization;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Access;

/// <summary>The cookie of a browser that has signed in: not readable by scripts, not sent with what other sites post.</summary>
internal sealed class SessionCookie(HubOptions options)
{
    /// <summary>How long a browser stays signed in.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Its name; cookies do not tell ports apart, so the name does.</summary>
    public static string NameAt(int port) => string.Create(CultureInfo.InvariantCulture, $"assay-session-{port}");

    public static string? Read(HttpContext context) => context.Request.Cookies[NameOf(context)];

    public void Set(HttpContext context, string secret) => context.Response.Cookies.Append(NameOf(context), secret, Options(Lifetime));

    public void Remove(HttpContext context) => context.Response.Cookies.Delete(NameOf(context), Options(lifetime: null));

    private static string NameOf(HttpContext context) => NameAt(context.Connection.LocalPort);

    // Lax: a link to the hub in a message opens it signed in. What changes things is a form or a script's request, and those are checked.
    private CookieOptions Options(TimeSpan? lifetime) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = options.IsSecure,
            Path = "/",
            MaxAge = lifetime,
            IsEssential = true,
        };
}
