using System.Text;

namespace Assay.Models.Offline;

/// <summary>
/// The offline digest: one line for each of the most central posts, their leads quoted as they are. Advertising and chatter are left out by rule, a post
/// that repeats another is told once. Centrality is the closeness to the middle of all posts (Radev, Jing, Budzikowska: Centroid-based summarization of
/// multiple documents, 2000). No figure here was fitted on a dataset.
/// </summary>
internal static class ExtractiveDigest
{
    /// <summary>Lines of a digest at most.</summary>
    private const int MaxLines = 6;

    /// <summary>A lead is cut after this many characters.</summary>
    private const int MaxLead = 220;

    /// <summary>A first sentence of fewer content words is a headline; the second one belongs to it.</summary>
    private const int MinLeadWords = 4;

    /// <summary>The digest, or the sentence that there is nothing to tell.</summary>
    public static string Of(IReadOnlyList<string> posts, bool inRussian)
    {
        List<Post> news = [.. posts.Where(PostRules.IsNews).Select((text, place) => new Post(text, place, StemCounts.Of(text)))];
        var told = Told(news);
        if (told.Count == 0)
        {
            return inRussian ? "Новостей нет." : "No news.";
        }

        var middle = StemCounts.Sum(told.Select(post => post.Stems));
        var lines = told.OrderByDescending(post => post.Stems.Cosine(middle))
            .ThenBy(post => post.Place)
            .Take(MaxLines)
            .OrderBy(post => post.Place)
            .Select(post => "• " + Lead(post.Text));
        return string.Join('\n', lines);
    }

    /// <summary>Posts without repetitions: of two that tell the same the longer one stays, of a message and its correction the correction.</summary>
    private static List<Post> Told(List<Post> news)
    {
        var told = new List<Post>();
        foreach (var post in news)
        {
            var same = told.FindIndex(earlier => PostRules.TellTheSame(earlier.Stems, post.Stems, PostRules.IsCorrection(post.Text)));
            if (same < 0)
            {
                told.Add(post);
            }
            else if (PostRules.IsCorrection(post.Text) || post.Text.Length > told[same].Text.Length)
            {
                told[same] = post;
            }
        }

        return told;
    }

    private static string Lead(string text)
    {
        var lead = new StringBuilder();
        foreach (var sentence in PlainSentences.Split(text))
        {
            lead.Append(lead.Length > 0 ? " " : "").Append(sentence);
            if (StemCounts.Of(sentence).Count >= MinLeadWords)
            {
                break;
            }
        }

        return Cut(lead.ToString());
    }

    private static string Cut(string lead)
    {
        if (lead.Length <= MaxLead)
        {
            return lead;
        }

        var space = lead.LastIndexOf(' ', MaxLead);
        return lead[..(space > 0 ? space : MaxLead)].TrimEnd(',', ';', ':', ' ') + "…";
    }

    private sealed record Post(string Text, int Place, StemCounts Stems);
}
