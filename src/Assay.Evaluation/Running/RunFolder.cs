using System.Globalization;

namespace Assay.Evaluation.Running;

/// <summary>The folder of one run: its journal and the reports made from it.</summary>
/// <param name="Path">The folder.</param>
internal sealed record RunFolder(string Path)
{
    /// <summary>The folder of runs in a data folder.</summary>
    public const string Runs = "runs";

    /// <summary>The run's id.</summary>
    public string Id => System.IO.Path.GetFileName(Path);

    public string Journal => File("journal.log");

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Makes a folder for a new run: <c>20261121-150233-handbook</c>, with a number behind it when there is one of that second.</summary>
    /// <exception cref="AssayException">The folder cannot be made (exit code 4).</exception>
    public static RunFolder New(string dataFolder, string benchmark, DateTimeOffset now)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd-HHmmss}-{benchmark}");
        try
        {
            for (var next = 1; ; next++)
            {
                var path = System.IO.Path.Combine(dataFolder, Runs, next == 1 ? id : $"{id}-{next}");
                if (!Directory.Exists(path))
                {
                    return new RunFolder(Directory.CreateDirectory(path).FullName);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AssayException.Infrastructure(
                $"Cannot make a folder for the run: {e.Message}",
                "Check the data folder and its permissions, or name another with --data.",
                e
            );
        }
    }

    /// <summary>The folder of a run, by its id or path; <c>last</c> is the newest.</summary>
    /// <exception cref="AssayException">There is none (exit code 2).</exception>
    public static RunFolder Find(string reference, string dataFolder)
    {
        var runs = All(dataFolder);
        if (reference == "last" && runs.Count > 0)
        {
            return runs[0];
        }

        if (runs.FirstOrDefault(run => run.Id == reference) is { } found)
        {
            return found;
        }

        return System.IO.File.Exists(System.IO.Path.Combine(reference, "journal.log"))
            ? new RunFolder(System.IO.Path.GetFullPath(reference))
            : throw AssayException.Usage(
                $"There is no run '{reference}' in '{System.IO.Path.Combine(dataFolder, Runs)}'.",
                runs.Count == 0
                    ? "Run a benchmark first: `assay eval run NAME`."
                    : $"The newest are {string.Join(", ", runs.Take(3).Select(run => run.Id))}; `assay eval list` shows all."
            );
    }

    /// <summary>The runs of a data folder, the newest first.</summary>
    public static IReadOnlyList<RunFolder> All(string dataFolder)
    {
        var folder = System.IO.Path.Combine(dataFolder, Runs);
        return Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateDirectories(folder)
                    .OrderByDescending(path => path, StringComparer.Ordinal)
                    .Select(path => new RunFolder(path))
                    .Where(run => System.IO.File.Exists(run.Journal)),
            ]
            : [];
    }
}
