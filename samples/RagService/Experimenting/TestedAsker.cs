using Assay.Flags;
using RagService.Asking;
using RagService.Injecting;

namespace RagService.Experimenting;

/// <summary>Answers as flags and the experiment say for whoever asks, and measures what they met.</summary>
internal sealed class TestedAsker(Asker asker, Search search, Faults faults, RerankerTest test, TimeProvider time)
{
    public async Task<AskedAnswer> AnswerAsync(string question, Unit unit, CancellationToken cancellationToken)
    {
        var (stages, takesPart) = test.StagesFor(unit);
        var started = time.GetTimestamp();
        try
        {
            await faults.PassAsync(unit, cancellationToken);
            var asked = await asker.AnswerAsync(question, search.For(unit), stages, cancellationToken);
            if (takesPart)
            {
                test.Answered(unit, time.GetElapsedTime(started), asked.Relevance, asked.Tokens, asked.Cached);
            }

            return asked;
        }
        catch (Exception e) when (takesPart && e is not OperationCanceledException)
        {
            test.Failed(unit);
            throw;
        }
    }
}
