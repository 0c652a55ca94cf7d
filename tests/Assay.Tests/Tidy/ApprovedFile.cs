using Assay.Files;

namespace Assay.Tests.Tidy;

/// <summary>A file of the repository that is derived from the code and reviewed by people.</summary>
internal static class ApprovedFile
{
    private const int MostLinesShown = 60;

    private static bool Accepting => Environment.GetEnvironmentVariable("ASSAY_ACCEPT") == "1";

    /// <summary>Fails with a diff where the file differs from <paramref name="text"/>; writes the file instead when <c>ASSAY_ACCEPT=1</c>.</summary>
    public static void ShouldHold(string path, string text)
    {
        var approved = Repository.Exists(path) ? Repository.Text(path) : "";
        if (approved == text)
        {
            return;
        }

        if (Accepting)
        {
            AtomicFile.WriteText(Repository.FullPath(path), text);
            return;
        }

        Assert.Fail(
            $"{path} is not what the code says:\n{Difference(approved, text)}\nIf that is what you want: ASSAY_ACCEPT=1 make test, then review the diff."
        );
    }

    /// <summary>Lines that only one side has: <c>-</c> in the file, <c>+</c> in the code.</summary>
    public static string Difference(string approved, string actual)
    {
        var (before, after) = (approved.Split('\n'), actual.Split('\n'));
        var changed = before.Except(after).Select(l => "- " + l).Concat(after.Except(before).Select(l => "+ " + l)).ToList();
        if (changed.Count == 0)
        {
            return "the same lines in another order or number";
        }

        var more = changed.Count > MostLinesShown ? $"\n… and {changed.Count - MostLinesShown} more" : "";
        return string.Join('\n', changed.Take(MostLinesShown)) + more;
    }
}
