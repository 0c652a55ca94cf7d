using Assay.Models.Offline;
using Assay.Observability.Metrics;
using Assay.Prices;
using Assay.Rag.Answering;

namespace RagService.Asking;

/// <summary>Answers a question that passed the guards: from the cache, or by finding passages and quoting from them.</summary>
internal sealed class Asker(RagAnswers answers, AnswerCache cache, GenAiSpans spans, QualityRecorder quality)
{
    /// <summary>No provider is called: the model runs inside the process.</summary>
    private const string Provider = "offline";

    /// <summary>Passages that the answerer reads.</summary>
    private const int Read = 5;

    public (QuotedAnswer Answer, double Relevance, bool Cached) Answer(string question)
    {
        var key = question.Trim().ToLowerInvariant();
        var cached = cache.Find(key);
        var answer = cached is null ? Generate(question, key) : Repeat(cached);
        var relevance = Words.Covered(question, string.Join(' ', answer.Sentences.Select(s => s.Text)));
        quality.RecordQualityScore("relevance", relevance, "offline", "share of the question's words in the quoted sentences");
        return (answer, relevance, cached is not null);
    }

    private QuotedAnswer Generate(string question, string key)
    {
        var found = answers.Find(question);
        using var call = spans.StartChat(ExtractiveAnswerer.Name, Provider);
        try
        {
            var answer = RagAnswers.Answer(found);
            var tokens = Tokens(found, answer);
            call.Answered(answer.Model);
            call.Used(tokens);
            call.Finished("stop");
            cache.Keep(key, new CachedAnswer(answer, tokens));
            return answer;
        }
        catch (Exception e)
        {
            call.Fail(e);
            throw;
        }
    }

    private QuotedAnswer Repeat(CachedAnswer cached)
    {
        using var call = spans.StartChat(ExtractiveAnswerer.Name, Provider);
        call.CameFromCache();
        call.Used(cached.Tokens);
        return cached.Answer;
    }

    private static TokenUsage Tokens(FoundPassages found, QuotedAnswer answer)
    {
        var input = Words.Count(found.Question) + found.Passages.Take(Read).Sum(p => Words.Count(p.Text));
        var output = answer.Sentences.Sum(s => Words.Count(s.Text));
        return new TokenUsage(input, CachedInput: 0, CacheWrite: 0, output, Reasoning: 0);
    }
}
