using Assay.Server.Hosting;
using Assay.Server.Surface.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Access;

/// <summary>Signing a browser in and out.</summary>
internal static class SignInApi
{
    private static readonly Problem WrongCode = new(
        StatusCodes.Status401Unauthorized,
        "This sign-in address was used already or is older than ten minutes.",
        "Run `assay sign-in` on the machine of the hub; it prints a new one."
    )
    {
        Words = ErrorWords.UsedCode,
    };

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin", SignInAsync).RequireScope(Scope.Anyone).WithMetadata(RateRule.SignIn).ExcludeFromDescription();
        routes.MapPost("/signout", SignOutAsync).RequireScope(Scope.Anyone).ExcludeFromDescription();
        routes
            .MapPost("/api/v1/sign-in-urls", NewUrl)
            .RequireScope(Scope.Admin)
            .WithSummary("Make an address by which one browser signs in, once, within ten minutes.");
    }

    private static async Task SignInAsync(HttpContext context, string? code, SignInCodes codes, Sessions sessions)
    {
        if (code is null || !codes.Use(code))
        {
            await context.AnswerAsync(WrongCode);
            return;
        }

        await sessions.StartAsync(context);
        context.Response.Redirect("/");
    }

    private static async Task<RedirectHttpResult> SignOutAsync(HttpContext context, Sessions sessions)
    {
        await sessions.EndAsync(context);
        return TypedResults.Redirect("/");
    }

    private static Created<SignInUrl> NewUrl(HttpContext context, SignInUrls urls)
    {
        var url = urls.New();
        context.Audits("sign_in_url.create", "");
        return TypedResults.Created((string?)null, url);
    }
}

/// <summary>An address by which a browser signs in.</summary>
/// <param name="Url">The address; it holds a secret.</param>
/// <param name="Expires">When it ends; it ends too when it is used.</param>
internal sealed record SignInUrl(Uri Url, DateTimeOffset Expires);
