using Assay.Releases.Approvals;
using Assay.Releases.Files;
using Assay.Server.Releases;

namespace Assay.Server.Canaries;

/// <summary>Who approved that all traffic may move: signed, of the ledger, checked again.</summary>
internal sealed class CanaryApprovals(ReleaseDesk releases)
{
    /// <summary>How many people; nobody when no gate was decided that they could have approved.</summary>
    public async Task<int> CountAsync(ReleaseId release, CancellationToken cancellationToken)
    {
        try
        {
            var subject = await releases.SubjectAsync(release, ApprovalScope.Promote, cancellationToken);
            return (await releases.ApprovalsAsync(subject, cancellationToken)).Count(a => a.Counts);
        }
        catch (AssayException e) when (e.ExitCode == ExitCode.WrongUsage)
        {
            return 0;
        }
    }
}
