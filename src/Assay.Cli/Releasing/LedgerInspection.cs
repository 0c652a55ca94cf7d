using Assay.Releases.Approvals;
using Assay.Releases.Ledger;

namespace Assay.Cli.Releasing;

/// <summary>What a check of the ledger came to; with <c>--json</c> this is the document.</summary>
/// <param name="Verdict">Fail when the chain is broken or a signature is not its approver's; no data for an empty ledger.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Approvals">Approvals in it.</param>
/// <param name="Signed">Those whose signature is that of an approver of the catalog.</param>
/// <param name="Notes">The approvals in words.</param>
internal sealed record LedgerReport(Verdict Verdict, ChainReport Chain, int Approvals, int Signed, IReadOnlyList<string> Notes);

/// <summary>Checks a chain and the signatures of the approvals in it.</summary>
/// <param name="head">A hash that the chain must hold; null for none.</param>
/// <param name="approvers">Whose signatures are known.</param>
internal sealed class LedgerInspection(string? head, ApproverFile approvers)
{
    // What is wrong is told so often; all of it is counted.
    private const int MostTold = 20;

    private readonly ChainCheck check = new(head);
    private readonly List<string> forged = [];
    private readonly SortedSet<string> unknown = new(StringComparer.Ordinal);
    private int forgeries;
    private int approvals;
    private int signed;

    public LedgerReport All(IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        foreach (var line in lines)
        {
            if (!Take(line))
            {
                break;
            }
        }

        return End();
    }

    public async Task<LedgerReport> AllAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> lines)
    {
        await foreach (var line in lines)
        {
            if (!Take(line))
            {
                break;
            }
        }

        return End();
    }

    private bool Take(ReadOnlyMemory<byte> line)
    {
        if (!check.Take(line))
        {
            return false;
        }

        if (check.Link is { Entry: { Kind: LedgerKind.Approval, Body.IsEmpty: false } } link)
        {
            Look(link);
        }

        return true;
    }

    private void Look(LedgerLink link)
    {
        approvals++;
        var approval = Approval.Of(link);
        if (approval is not null && ApprovalCheck.Find(approvers, approval.Name) is null)
        {
            if (unknown.Count < MostTold)
            {
                unknown.Add(approval.Name);
            }

            return;
        }

        var isSigned =
            approval is not null
            && approval.Release == link.Entry.Release
            && ApprovalKey.Signed(ApprovalCheck.Find(approvers, approval.Name)!.Key, approval.Text(), approval.Signature);
        signed += isSigned ? 1 : 0;
        forgeries += isSigned ? 0 : 1;
        if (!isSigned && forged.Count < MostTold)
        {
            forged.Add(
                $"Link {link.Number} is no approval of {approval?.Name ?? "anybody"}: the signature is not theirs over this text, or their key is another one now."
            );
        }
    }

    private LedgerReport End()
    {
        var chain = check.End();
        var verdict = chain.Verdict == Verdict.Pass && forgeries > 0 ? Verdict.Fail : chain.Verdict;
        return new LedgerReport(verdict, chain, approvals, signed, [.. Notes()]);
    }

    private IEnumerable<string> Notes() =>
        approvals == 0
            ? []
            :
            [
                $"Approvals: {approvals}, {signed} of them signed by approvers of the catalog.",
                .. forged,
                .. unknown.Count > 0
                    ? [$"Not among the approvers now, so that nothing can be said of their signatures: {string.Join(", ", unknown)}."]
                    : (string[])[],
            ];
}
