using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Releases.Files;
using Assay.Releases.Ledger;

namespace Assay.Releases.Approvals;

/// <summary>What somebody signed: that this candidate, under this release file, may go on.</summary>
/// <param name="Release">The release's id.</param>
/// <param name="Commit">The candidate's commit; empty when nobody named one.</param>
/// <param name="FileHash">The hash of the release file, as the gate tells it: what was approved under one gate is not approved under a looser one.</param>
/// <param name="Scope">What is approved: <c>gate</c> or <c>promote</c>.</param>
/// <param name="Name">Who, by their name among the approvers.</param>
/// <param name="Reason">Why: 1 to 500 characters.</param>
/// <param name="At">When.</param>
/// <param name="Signature">64 bytes in base64, over <see cref="Text"/>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Approval(string Release, string Commit, string FileHash, string Scope, string Name, string Reason, DateTimeOffset At, string Signature)
{
    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>What is signed: lines of UTF-8, the first of them naming the formula.</summary>
    public string Text() => $"assay.approval/1\n{Release}\n{Commit}\n{FileHash}\n{Scope}\n{Name}\n{Reason}\n{LedgerLine.TimeOf(At)}\n";

    /// <summary>The same, signed.</summary>
    /// <param name="pem">The private key.</param>
    /// <exception cref="AssayException">The key is none (exit code 2).</exception>
    public Approval SignedWith(string pem) => this with { Signature = ApprovalKey.Sign(pem, Text()) };

    /// <summary>Refuses what is not whole, before anything is signed or believed.</summary>
    /// <exception cref="AssayException">A part cannot be used (exit code 2).</exception>
    public void Check()
    {
        _ = ReleaseId.Read(Release);
        Demand(ApprovalScope.IsOne(Scope), $"'{Scope}' is nothing that is approved.", $"Give one of {ApprovalScope.All}.");
        Demand(ReleaseId.IsName(Name), "The approver's name cannot be one.", ReleaseId.NameFix);
        Demand(Commit is { Length: <= 64 } && Commit.All(char.IsAsciiHexDigit), "The commit is none.", "Give 7 to 64 hexadecimal digits, or leave it empty.");
        Demand(
            FileHash is { Length: 64 } && FileHash.All(char.IsAsciiHexDigit),
            "The hash of the release file is none.",
            "Give the 64 digits that the gate told."
        );
        Demand(
            Reason is { Length: > 0 and <= LongestReason } && !Reason.Any(char.IsControl) && Reason.Trim().Length > 0,
            $"The reason has {Reason?.Length ?? 0} characters, or a line break.",
            $"Say why in one line of 1 to {LongestReason} characters: it stands in the ledger."
        );
    }

    /// <summary>An approval as a ledger's body.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ApprovalJson.Default.Approval);

    /// <summary>The approval of a link; null when the link holds none that can be read.</summary>
    public static Approval? Of(LedgerLink link)
    {
        try
        {
            return link.Entry is { Kind: LedgerKind.Approval, Body.IsEmpty: false }
                ? JsonSerializer.Deserialize(link.Entry.Body.Span, ApprovalJson.Default.Approval)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Demand(bool holds, string problem, string fix)
    {
        if (!holds)
        {
            throw AssayException.Usage(problem, fix);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(Approval))]
internal sealed partial class ApprovalJson : JsonSerializerContext;
