using Microsoft.AspNetCore.Http;

namespace Assay.Server.Access;

/// <summary>Who asks.</summary>
/// <param name="Actor">Its name in the audit log: <c>token admin</c>, <c>browser 3f2a…</c>, <c>anonymous</c>.</param>
/// <param name="Key">The token or session; null for nobody known.</param>
internal sealed record Caller(string Actor, AccessKey? Key)
{
    public static readonly Caller Anonymous = new("anonymous", null);

    /// <summary>Whether it is a browser that has signed in.</summary>
    public bool IsBrowser => Key is { Kind: AccessKeyKind.Session };

    public static Caller Of(AccessKey key) => new(key.Kind == AccessKeyKind.Session ? $"browser {key.Id}" : $"token {key.Name}", key);

    public bool Reaches(Scope needed) => needed == Scope.Anyone || (Key?.Scopes.Any(s => ScopeRule.Reaches(s, needed)) ?? false);
}

internal static class CallerFeature
{
    /// <summary>Who sent this request; known once access was checked.</summary>
    public static Caller Caller(this HttpContext context) => context.Features.Get<Caller>() ?? Access.Caller.Anonymous;
}
