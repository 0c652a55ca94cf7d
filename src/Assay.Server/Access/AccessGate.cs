using Assay.Server.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Assay.Server.Access;

/// <summary>Finds out who asks and whether they may. A wrong token is refused even where none is needed.</summary>
internal sealed class AccessGate(RequestDelegate next, HubOptions options, KeyRing keys, HubTelemetry telemetry)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context, IAntiforgery antiforgery)
    {
        var caller = Identify(context);
        var needed = ScopeRule.Needed(context.GetEndpoint(), context.Request.Method);
        switch (AccessDecision.Of(caller, needed, options.IsExposed))
        {
            case AccessDecision.WrongToken:
                await RefuseAsync(context, Refusal.Token, AccessProblems.WrongToken);
                return;
            case AccessDecision.NoToken:
                await RefuseAsync(context, Refusal.Token, AccessProblems.NoToken(needed));
                return;
            case AccessDecision.TooNarrow:
                await RefuseAsync(context, Refusal.Scope, AccessProblems.TooNarrow(needed));
                return;
        }

        context.Features.Set(caller!);
        if (caller!.IsBrowser && ScopeRule.Changes(context.Request.Method) && !await IsMeantAsync(context, antiforgery))
        {
            await RefuseAsync(context, Refusal.Form, AccessProblems.Form);
            return;
        }

        await next(context);
    }

    private Caller? Identify(HttpContext context)
    {
        var header = context.Request.Headers[HeaderNames.Authorization].ToString();
        if (header.Length > 0)
        {
            var isBearer = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);
            return isBearer && keys.Find(header[Scheme.Length..].Trim()) is { Kind: AccessKeyKind.Token } token ? Caller.Of(token) : null;
        }

        return SessionCookie.Read(context) is { } secret && keys.Find(secret) is { Kind: AccessKeyKind.Session } session
            ? Caller.Of(session)
            : Caller.Anonymous;
    }

    // The browser sends the cookie with whatever any page makes it send: a form must carry the token of the page it stood on, a script's
    // request must come from a page of the hub, which its Origin says and no other site can forge.
    private static async Task<bool> IsMeantAsync(HttpContext context, IAntiforgery antiforgery) =>
        context.Request.HasJsonContentType() ? context.Request.Headers.Origin.Count > 0 : await antiforgery.IsRequestValidAsync(context);

    private Task RefuseAsync(HttpContext context, Refusal reason, Problem problem)
    {
        telemetry.Refused(reason);
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"assay\"";
        }

        return context.AnswerAsync(problem);
    }
}
