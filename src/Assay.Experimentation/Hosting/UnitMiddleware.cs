using Assay.Flags;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Experimentation.Hosting;

/// <summary>Whom flags and experiments decide for in a request.</summary>
public static class UnitMiddleware
{
    /// <summary>
    /// Makes the unit of each request and keeps it in <see cref="RequestUnit"/> and <see cref="HttpContext.Features"/>. Place it behind authentication when
    /// the unit is a claim. The unit is told to nobody: neither to spans nor to logs.
    /// </summary>
    /// <param name="app">The service.</param>
    /// <param name="unitOf">Makes the unit; see <see cref="UnitOf"/> for the usual ones.</param>
    /// <returns>The service.</returns>
    public static IApplicationBuilder UseAssayUnits(this IApplicationBuilder app, Func<HttpContext, Unit> unitOf) =>
        app.Use(
            (context, next) =>
            {
                var unit = context.RequestServices.GetRequiredService<RequestUnit>();
                unit.Value = unitOf(context);
                context.Features.Set(unit);
                return next(context);
            }
        );

    /// <summary>The unit of a request; its key is empty when there is none.</summary>
    public static Unit AssayUnit(this HttpContext context) => context.Features.Get<RequestUnit>()?.Value ?? default;
}

/// <summary>The usual ways to make a unit of a request.</summary>
public static class UnitOf
{
    /// <summary>The value of a header, such as <c>X-User</c>. Only for services whose callers may say who they are: behind a gateway that sets it.</summary>
    public static Func<HttpContext, Unit> Header(string name) => context => context.Request.Headers[name].ToString();

    /// <summary>The value of a claim of the signed-in user, such as <c>sub</c>.</summary>
    public static Func<HttpContext, Unit> Claim(string type) => context => context.User.FindFirst(type)?.Value ?? "";

    /// <summary>The value of a cookie, such as one that tells visitors apart.</summary>
    public static Func<HttpContext, Unit> Cookie(string name) => context => context.Request.Cookies[name] ?? "";
}
