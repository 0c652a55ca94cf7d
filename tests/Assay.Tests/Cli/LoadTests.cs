using System.Text;
using System.Text.Json;
using Assay.Tests.Rag.Gpu;

namespace Assay.Tests.Cli;

/// <summary>More than a thousand chunks, and a scraper that never rests.</summary>
public sealed class LoadTests(ITestOutputHelper output)
{
    private const int Documents = 1300;
    private const int Scrapes = 20;

    [Fact]
    public async Task More_than_1200_chunks_are_indexed_while_the_metrics_are_scraped_all_the_time()
    {
        using var place = new CliPlace();
        place.Write("corpus.jsonl", GeneratedCorpus.Lines(Documents, seed: 7));
        using var command = await ServedCommand.StartAsync(place, "rag", "run", "corpus.jsonl", "--queries", place.WriteQueries());
        var costs = new List<double>();
        var bytes = 0;
        var duringWork = 0;
        var isDone = false;
        var begun = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!isDone || costs.Count < Scrapes)
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            command.HasEnded.ShouldBeFalse("the command ended before its last metrics were seen");
            var started = TimeProvider.System.GetTimestamp();
            var text = await command.ScrapeAsync();
            costs.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            bytes = Math.Max(bytes, Encoding.UTF8.GetByteCount(text));
            var page = Assay.Observability.Prometheus.PrometheusText.Parse(text);
            isDone = page.Value("rag_rerank_latency_seconds_count") >= 4;
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(Patience.Longest, "the command did not finish its work");
            duringWork += isDone ? 0 : 1;
        }

        costs.Sort();
        output.WriteLine(
            FormattableString.Invariant(
                $"{costs.Count} scrapes, {duringWork} during the work: median {costs[costs.Count / 2]:0.00} ms, slowest {costs[^1]:0.00} ms, page {bytes} bytes"
            )
        );
        (await command.PageAsync()).Value("rag_documents_total", ("outcome", "indexed")).ShouldBe(Documents);
        await Eventually.HoldsAsync(() => File.Exists(place["out/processing_summary.json"]), "the summary is written");
        place.Summary().GetProperty("corpus").GetProperty("chunks").GetInt32().ShouldBeGreaterThanOrEqualTo(1200);
        duringWork.ShouldBeGreaterThan(0);
    }
}

/// <summary>Documents of made-up words, the same for the same seed: a few topics with words of their own over common ones.</summary>
internal static class GeneratedCorpus
{
    private const int Topics = 40;
    private const int CommonWords = 400;
    private const int WordsOfTopic = 30;

    public static string Lines(int documents, int seed)
    {
        var random = new SplitMix((ulong)seed);
        var text = new StringBuilder();
        for (var i = 0; i < documents; i++)
        {
            var words = Enumerable.Range(0, 60).Select(_ => Word(i % Topics, random));
            text.Append(
                    JsonSerializer.Serialize(
                        new
                        {
                            id = $"d{i}",
                            title = Word(i % Topics, random),
                            text = string.Join(' ', words) + ".",
                        }
                    )
                )
                .Append('\n');
        }

        return text.ToString();
    }

    private static string Word(int topic, SplitMix random) =>
        random.Next(3) == 0 ? $"topic{topic}x{random.Next(WordsOfTopic)}" : $"common{random.Next(CommonWords)}";

    /// <summary>Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).</summary>
    private sealed class SplitMix(ulong seed)
    {
        private ulong state = seed;

        public int Next(int below)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)below);
        }
    }
}
