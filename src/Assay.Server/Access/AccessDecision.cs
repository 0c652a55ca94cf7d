using Assay.Server.Hosting;
using Assay.Server.Surface.Errors;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Access;

/// <summary>Whether a caller may do what a request asks for.</summary>
internal enum AccessDecision
{
    /// <summary>Yes.</summary>
    Allowed,

    /// <summary>The token is none of the hub's, or has expired.</summary>
    WrongToken,

    /// <summary>A token is needed and there is none.</summary>
    NoToken,

    /// <summary>The token does not reach so far.</summary>
    TooNarrow,
}

internal static class AccessDecisions
{
    extension(AccessDecision)
    {
        /// <summary>Decides.</summary>
        /// <param name="caller">Who asks; null for a token that is not known.</param>
        /// <param name="needed">What the endpoint asks for.</param>
        /// <param name="isExposed">Whether other machines may reach the hub.</param>
        public static AccessDecision Of(Caller? caller, Scope needed, bool isExposed) =>
            caller is null ? AccessDecision.WrongToken
            : needed == Scope.Anyone || caller.Reaches(needed) || (!isExposed && ScopeRule.IsOpenOnLoopback(needed)) ? AccessDecision.Allowed
            : caller.Key is null ? AccessDecision.NoToken
            : AccessDecision.TooNarrow;
    }
}

/// <summary>What a refused caller is told.</summary>
internal static class AccessProblems
{
    public static readonly Problem WrongToken = new(
        StatusCodes.Status401Unauthorized,
        "The token is not known or has expired.",
        "Send Authorization: Bearer and a token of this hub: the administrator's is in the file `token` of its data folder. Where none is needed, leave the header out."
    )
    {
        Words = ErrorWords.WrongToken,
    };

    public static readonly Problem Form = new(
        StatusCodes.Status400BadRequest,
        "The form has no valid token of the page it stood on.",
        "Load the page again and send the form once more."
    )
    {
        Words = ErrorWords.OldForm,
    };

    public static Problem NoToken(Scope needed) =>
        new(
            StatusCodes.Status401Unauthorized,
            "Sign in, or send a token.",
            $"A browser signs in by the address that `assay sign-in` prints. A program sends Authorization: Bearer and a token with scope {Name(needed)}."
        );

    public static Problem TooNarrow(Scope needed) =>
        new(
            StatusCodes.Status403Forbidden,
            $"The token does not have the scope {Name(needed)}.",
            $"Make one that has it: POST /api/v1/tokens with \"scopes\": [\"{Name(needed)}\"]."
        );

    private static string Name(Scope scope) => scope.ToString().ToLowerInvariant();
}
