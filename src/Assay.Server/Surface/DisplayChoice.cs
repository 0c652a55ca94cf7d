using Assay.Server.Surface.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Assay.Server.Surface;

/// <summary>Keeps a reader's language and theme in cookies and goes back to the page.</summary>
internal static class DisplayChoice
{
    public static RedirectHttpResult Choose(string? language, string? theme, string? back, HttpContext context)
    {
        if (language is "en" or "ru")
        {
            Keep(context, Reader.LanguageCookie, language);
        }

        if (theme is "light" or "dark")
        {
            Keep(context, Reader.ThemeCookie, theme);
        }
        else if (theme == "auto")
        {
            context.Response.Cookies.Delete(Reader.ThemeCookie);
        }

        return TypedResults.LocalRedirect("~" + (LocalPath.Is(back) ? back : "/"));
    }

    public static string Address(string name, string value, string back) => $"/display?{name}={value}&back={Uri.EscapeDataString(back)}";

    private static void Keep(HttpContext context, string name, string value) =>
        context.Response.Cookies.Append(
            name,
            value,
            new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            }
        );
}
