using System.Text.Json.Serialization;
using Assay.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Access;

/// <summary>How far a token reaches, and what an endpoint asks for.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Scope>))]
internal enum Scope
{
    /// <summary>Nothing is asked for: health, signing in, the files of a page's looks.</summary>
    Anyone,

    /// <summary>Send telemetry: spans, log records, scores.</summary>
    Ingest,

    /// <summary>See everything.</summary>
    Read,

    /// <summary>Change things; sees everything too.</summary>
    Write,

    /// <summary>Everything, tokens included.</summary>
    Admin,
}

/// <summary>Declared by every endpoint; a test walks all of them.</summary>
internal sealed record RequiredScope(Scope Scope);

/// <summary>Marks endpoints that only read, although their question comes in a body.</summary>
internal sealed record ReadsOnly
{
    public static readonly ReadsOnly Instance = new();
}

/// <summary>The same for pages, whose endpoints are made of their components.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ReadsOnlyPageAttribute : Attribute;

internal static class ScopeRule
{
    /// <summary>Declares what an endpoint asks for. One that asks for <see cref="Scope.Read"/> asks for <see cref="Scope.Write"/> when called with a method that changes things, unless it is marked <see cref="ReadsOnly"/>.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, Scope scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequiredScope(scope));

    /// <summary>What a request needs. An endpoint that declares nothing is for administrators; where there is none, a reader may learn that.</summary>
    public static Scope Needed(Endpoint? endpoint, string method)
    {
        var declared =
            endpoint is null ? Scope.Read
            : endpoint.Metadata.GetMetadata<RequiredScope>() is { } required ? required.Scope
            : Scope.Admin;
        return declared == Scope.Read && Changes(method) && !OnlyReads(endpoint) ? Scope.Write : declared;
    }

    public static bool Reaches(Scope held, Scope needed) =>
        needed == Scope.Anyone || held == needed || held == Scope.Admin || (held == Scope.Write && needed == Scope.Read);

    public static bool Changes(string method) => !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));

    private static bool OnlyReads(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<ReadsOnly>() is not null || endpoint?.Metadata.GetMetadata<ReadsOnlyPageAttribute>() is not null;

    /// <summary>What is open on loopback without any token.</summary>
    public static bool IsOpenOnLoopback(Scope needed) => needed is Scope.Anyone or Scope.Ingest or Scope.Read;
}
