namespace Assay.Tests;

/// <summary>
/// Open collections that are not part of the repository. They lie in <c>shared/data</c> beside the repository root; a test
/// that needs one is skipped without it, and fails without it where <c>ASSAY_REQUIRE_DATA=1</c>.
/// </summary>
internal static class OpenData
{
    /// <summary>The path of a folder of open data; skips or fails the calling test where it is absent.</summary>
    public static string Require(string folder)
    {
        var path = Path.Combine(RepositoryRoot(), "..", "shared", "data", folder);
        if (Directory.Exists(path))
            return Path.GetFullPath(path);
        var problem = $"The open data is not here; '{folder}' is looked for in ../shared/data beside the repository root.";
        if (Environment.GetEnvironmentVariable("ASSAY_REQUIRE_DATA") == "1")
            Assert.Fail($"{problem} Put it there, or unset ASSAY_REQUIRE_DATA to skip this test.");
        Assert.Skip(problem);
        return path;
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Assay.slnx")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Assay.slnx: run the tests from within the repository.");
    }
}
