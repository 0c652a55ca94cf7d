using Assay.Redacting;

namespace Assay.Evaluation.Datasets.Cleaning;

/// <summary>Takes personal data, secrets and the words of a list out of texts, and counts them by kind.</summary>
/// <param name="words">Further words; null for none.</param>
internal sealed class TextStripping(WordList? words)
{
    private readonly SortedDictionary<string, int> removed = new(StringComparer.Ordinal);

    /// <summary>What was taken out so far, by kind: <c>email</c>, <c>phone</c>, <c>telegram</c>, <c>key</c>, <c>token</c>, <c>secret</c>, <c>word</c>.</summary>
    public IReadOnlyDictionary<string, int> Removed => removed;

    /// <summary>Whether there is something to take out.</summary>
    public bool IsNeeded(string text) => Redaction.IsNeeded(text) || words?.IsIn(text) == true;

    public string Strip(string text)
    {
        var clean = Redaction.Of(text, Count);
        return words?.TakeOut(clean, count => Count("word", count)) ?? clean;
    }

    private void Count(string kind, int count) => removed[kind] = removed.GetValueOrDefault(kind) + count;
}
