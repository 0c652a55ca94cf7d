using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Access;

/// <summary>Tokens over HTTP: made, listed without their secrets, and ended.</summary>
internal static class TokensApi
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(3650);

    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/api/v1/tokens").RequireScope(Scope.Admin).WithTags("access");
        tokens.MapGet("", List).WithSummary("All tokens, without their secrets.");
        tokens.MapPost("", CreateAsync).WithSummary("Make a token. Its secret is in this answer and nowhere else.");
        tokens.MapDelete("/{id}", RemoveAsync).WithSummary("End a token at once.");
    }

    private static Ok<TokenList> List(KeyRing keys) => TypedResults.Ok(new TokenList([.. keys.List(AccessKeyKind.Token).Select(TokenView.Of)]));

    private static async Task<Created<NewToken>> CreateAsync(HttpContext context, TokenRequest request, KeyRing keys, TimeProvider time)
    {
        request.Check();
        var (secret, now) = (AccessKey.NewSecret(), time.GetUtcNow());
        var expires = request.ExpiresInDays is { } days ? now + TimeSpan.FromDays(Math.Min(days, LongestLife.TotalDays)) : (DateTimeOffset?)null;
        var key = AccessKey.Of(secret, AccessKeyKind.Token, request.Name, [.. request.Scopes.Distinct().Order()], now, expires);
        await keys.AddAsync(key, context.RequestAborted);
        context.Audits("token.create", $"{key.Id} {key.Name}: {string.Join(' ', key.Scopes).ToLowerInvariant()}");
        return TypedResults.Created($"/api/v1/tokens/{key.Id}", new NewToken(secret, TokenView.Of(key)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(HttpContext context, string id, KeyRing keys)
    {
        if (keys.List(AccessKeyKind.Token).FirstOrDefault(k => k.Id == id) is not { } key)
        {
            return TypedResults.Problem("GET /api/v1/tokens lists all ids.", title: $"There is no token '{id}'.", statusCode: StatusCodes.Status404NotFound);
        }

        if (key.Name == AccessRoom.AdminName)
        {
            return TypedResults.Problem(
                "Delete the file `token` in the data folder and start the hub again; it makes a new one.",
                title: "The administrator's token ends with its file.",
                statusCode: StatusCodes.Status409Conflict
            );
        }

        await keys.RemoveAsync(key);
        context.Audits("token.remove", $"{key.Id} {key.Name}");
        return TypedResults.NoContent();
    }
}

/// <summary>A token to make.</summary>
/// <param name="Name">What to call it: 1 to 64 characters; it stands in the audit log.</param>
/// <param name="Scopes">How far it reaches: ingest, read, write, admin.</param>
/// <param name="ExpiresInDays">After how many days it ends, above 0 and at most 3650; never when left out.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TokenRequest(string Name, IReadOnlyList<Scope> Scopes, double? ExpiresInDays = null)
{
    /// <exception cref="AssayException">A value is wrong (exit code 2).</exception>
    public void Check()
    {
        if (Name.Length is 0 or > 64 || Name.Any(char.IsControl) || Name == AccessRoom.AdminName)
        {
            throw AssayException.Usage("The name of a token is 1 to 64 characters, and not 'admin'.", "Name it after the program that will use it.");
        }

        if (Scopes.Count == 0 || Scopes.Contains(Scope.Anyone))
        {
            throw AssayException.Usage(
                "A token needs one of the scopes ingest, read, write, admin.",
                "Give \"scopes\": [\"ingest\"] for a sender of telemetry."
            );
        }

        if (ExpiresInDays is <= 0 or > 3650)
        {
            throw AssayException.Usage($"A token cannot end after {ExpiresInDays} days.", "Give more than 0 and at most 3650, or leave it out.");
        }
    }
}

/// <summary>A token that was made.</summary>
/// <param name="Secret">What to send after <c>Authorization: Bearer</c>; it cannot be read again.</param>
/// <param name="Token">What the hub keeps of it.</param>
internal sealed record NewToken(string Secret, TokenView Token);

/// <summary>A token without its secret.</summary>
internal sealed record TokenView(string Id, string Name, IReadOnlyList<Scope> Scopes, DateTimeOffset Created, DateTimeOffset? Expires)
{
    public static TokenView Of(AccessKey key) => new(key.Id, key.Name, key.Scopes, key.Created, key.Expires);
}

/// <summary>Tokens.</summary>
/// <param name="Tokens">The newest first.</param>
internal sealed record TokenList(IReadOnlyList<TokenView> Tokens);
