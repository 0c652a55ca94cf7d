using System.Diagnostics;
using System.Text.Json;

namespace Assay.Benchmarks.Sparse;

/// <summary>
/// Lucene 8 in a process of its own, which waits for a command on its standard input and answers with a line of JSON;
/// so its rounds can take turns with ours.
/// </summary>
internal sealed class LucenePeer : ISparseEngine
{
    private static readonly string[] Jars = ["/usr/share/java/lucene-core-8.7.0.jar", "/usr/share/java/lucene-analyzers-common-8.7.0.jar"];

    private readonly Process process;

    private LucenePeer(Process process) => this.process = process;

    public string Name => "Lucene 8";

    /// <summary>Starts Lucene on a collection; null, with the reason, where it is not installed.</summary>
    public static LucenePeer? Start(Collection collection, string folder, string language, out string reason)
    {
        if (Jars.FirstOrDefault(j => !File.Exists(j)) is { } missing)
        {
            reason = $"Lucene is not in this run: {missing} is missing (Debian packages liblucene8-java and default-jdk-headless; bench/run.sh installs them).";
            return null;
        }

        var source = Path.Combine(RepositoryRoot.Find(), "bench", "peers", "LucenePeer.java");
        var start = new ProcessStartInfo("java", ["-cp", string.Join(':', Jars), source, collection.Folder, Path.Combine(folder, "lucene"), language])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        try
        {
            var peer = new LucenePeer(Process.Start(start)!);
            using var hello = peer.Ask("version");
            reason =
                $"Lucene {hello.RootElement.GetProperty("lucene")} on Java {hello.RootElement.GetProperty("java")} (Debian names its jars 8.7.0), query cache off.";
            return peer;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            reason = $"Lucene is not in this run: java does not start ({e.Message}; Debian package default-jdk-headless).";
            return null;
        }
    }

    public IndexCost Index()
    {
        using var answer = Ask("index");
        return new IndexCost(answer.RootElement.GetProperty("seconds").GetDouble(), answer.RootElement.GetProperty("bytes").GetInt64());
    }

    public void Open()
    {
        using var answer = Ask("open");
    }

    public void Search(Span<double> seconds)
    {
        using var answer = Ask($"search {seconds.Length}");
        var i = 0;
        foreach (var ns in answer.RootElement.GetProperty("ns").EnumerateArray())
        {
            seconds[i++] = ns.GetInt64() / 1e9;
        }
    }

    public IReadOnlyList<IReadOnlyList<string>> Hits()
    {
        using var answer = Ask("hits");
        return [.. answer.RootElement.GetProperty("hits").EnumerateArray().Select(q => q.EnumerateArray().Select(id => id.GetString()!).ToList())];
    }

    public void Dispose()
    {
        // The end of its input ends the peer.
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private JsonDocument Ask(string command)
    {
        process.StandardInput.WriteLine(command);
        process.StandardInput.Flush();
        var line =
            process.StandardOutput.ReadLine()
            ?? throw AssayException.Infrastructure(
                $"The Lucene peer ended at the command '{command}'.",
                "Its own message stands above; run `bench/run.sh sparse` again."
            );
        return JsonDocument.Parse(line);
    }
}
