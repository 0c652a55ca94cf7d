using System.Runtime.CompilerServices;

namespace Assay.Evaluation.Storing;

/// <summary>Lets cases through and counts them: a package that broke off holds fewer than its head says.</summary>
internal sealed class CaseCount(RunHead head)
{
    public async IAsyncEnumerable<StoredCase> WatchAsync(IAsyncEnumerable<StoredCase> cases, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (count, last) = (0, -1L);
        await foreach (var one in cases.WithCancellation(cancellationToken))
        {
            last = Place(one, last);
            count++;
            yield return one;
        }

        if (count != head.Report.Done)
        {
            throw AssayException.Usage(
                $"The head says {head.Report.Done:#,0} cases, {count:#,0} followed.",
                "Send all of them; a transfer that broke off is sent again with `assay eval publish RUN`."
            );
        }
    }

    private long Place(StoredCase one, long last)
    {
        var content = head.Report.Content;
        var isWhole = one is { Id: not null, Input: not null, Measured: not null } && one.Measured.All(m => m is { Metric: not null, State: not null });
        var place = ((long)one.Index * content.Repeats) + one.Repeat;
        return isWhole && one.Index >= 0 && one.Index < content.Cases && one.Repeat >= 0 && one.Repeat < content.Repeats && place > last
            ? place
            : throw AssayException.Usage(
                $"The case '{one.Id}' is not whole, or out of its place.",
                "Send the cases in the order of the dataset, each repeat once."
            );
    }
}
