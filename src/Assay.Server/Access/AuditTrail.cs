using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Access;

/// <summary>
/// Tells every write of the API in the audit log before its answer leaves: a write that was acknowledged is there.
/// The reason comes from the header <c>X-Assay-Reason</c> unless the endpoint names one.
/// </summary>
internal sealed class AuditTrail(RequestDelegate next, Audit audit)
{
    public const string ReasonHeader = "X-Assay-Reason";

    private const int LongestReason = 1_000;

    public Task InvokeAsync(HttpContext context)
    {
        if (ScopeRule.Changes(context.Request.Method) && ScopeRule.Needed(context.GetEndpoint(), context.Request.Method) is Scope.Write or Scope.Admin)
        {
            context.Response.OnStarting(() => context.Response.StatusCode < 400 ? audit.WriteAsync(Told(context), CancellationToken.None) : Task.CompletedTask);
        }

        return next(context);
    }

    private static AuditedWrite Told(HttpContext context)
    {
        var named = context.Features.Get<NamedWrite>();
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        return new AuditedWrite(
            context.Caller().Actor,
            named?.Action ?? $"{context.Request.Method} {route}",
            named?.Subject ?? context.Request.Path,
            named?.Reason ?? Shorten(context.Request.Headers[ReasonHeader].ToString())
        );
    }

    private static string Shorten(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason];
}

/// <summary>What an endpoint calls its write.</summary>
internal sealed record NamedWrite(string Action, string Subject, string? Reason);

internal static class NamedWrites
{
    /// <summary>Names the write of this request for the audit log: <c>decision.create</c>, its key, and the reason when the request has one of its own.</summary>
    public static void Audits(this HttpContext context, string action, string subject, string? reason = null) =>
        context.Features.Set(new NamedWrite(action, subject, reason));
}
