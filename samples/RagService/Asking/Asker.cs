using Assay.Models.Offline;
using Assay.Observability.Metrics;
using Assay.Prices;
using Assay.Rag.Answering;
using Assay.Rag.Settings;

namespace RagService.Asking;

/// <summary>Answers a question that passed the guards: from the cache, or by finding passages and quoting from them.</summary>
internal sealed class Asker(AnswerCache cache, GenAiSpans spans, QualityRecorder quality)
{
    /// <summary>No provider is called: the model runs inside the process.</summary>
    private const string Provider = "offline";

    /// <summary>Passages that the answerer reads.</summary>
    private const int Read = 5;

    /// <summary>Answers a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="search">Where passages are found.</param>
    /// <param name="stages">Stages that are switched on or off for whoever asks.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<AskedAnswer> AnswerAsync(string question, SearchChoice search, RagToggles stages, CancellationToken cancellationToken)
    {
        // What was found elsewhere or with other stages is another answer.
        var key = $"{search.Name}|{question.Trim().ToLowerInvariant()}|{stages.Dense?.IsOn}|{stages.Sparse?.IsOn}|{stages.Rerank?.IsOn}";
        var cached = cache.Find(key);
        var answer = cached is null ? Generate(await search.Answers.FindAsync(question, stages, cancellationToken), key) : Repeat(cached);
        var relevance = Words.Covered(question, string.Join(' ', answer.Answer.Sentences.Select(s => s.Text)));
        quality.RecordQualityScore("relevance", relevance, "offline", "share of the question's words in the quoted sentences");
        return new AskedAnswer(answer.Answer, answer.Tokens, answer.Found, relevance, cached is not null);
    }

    private CachedAnswer Generate(FoundPassages found, string key)
    {
        using var call = spans.StartChat(ExtractiveAnswerer.Name, Provider);
        try
        {
            var answer = RagAnswers.Answer(found);
            var tokens = Tokens(found, answer);
            call.Answered(answer.Model);
            call.Used(tokens);
            call.Finished("stop");
            var kept = new CachedAnswer(answer, tokens, [.. found.Passages.Select(p => p.Document).Distinct(StringComparer.Ordinal)]);
            cache.Keep(key, kept);
            return kept;
        }
        catch (Exception e)
        {
            call.Fail(e);
            throw;
        }
    }

    private CachedAnswer Repeat(CachedAnswer cached)
    {
        using var call = spans.StartChat(ExtractiveAnswerer.Name, Provider);
        call.CameFromCache();
        call.Used(cached.Tokens);
        return cached;
    }

    private static TokenUsage Tokens(FoundPassages found, QuotedAnswer answer)
    {
        var input = Words.Count(found.Question) + found.Passages.Take(Read).Sum(p => Words.Count(p.Text));
        var output = answer.Sentences.Sum(s => Words.Count(s.Text));
        return new TokenUsage(input, CachedInput: 0, CacheWrite: 0, output, Reasoning: 0);
    }
}
