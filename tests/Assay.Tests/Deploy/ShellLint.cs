using Assay.Tests.Cli;
using Assay.Tests.Tidy;

namespace Assay.Tests.Deploy;

/// <summary>What shellcheck says of scripts; nothing when all is well.</summary>
internal static class ShellLint
{
    /// <summary>Files of the repository, with what they source.</summary>
    public static Task<string> FilesAsync(params IEnumerable<string> paths) => RunAsync("", ["-x", .. paths.Select(Repository.FullPath)]);

    /// <summary>The text of a script, as the steps of a workflow hold one.</summary>
    public static Task<string> TextAsync(string script) => RunAsync(script, ["-s", "bash", "-"]);

    private static async Task<string> RunAsync(string input, string[] arguments)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var lint = InstalledProgram.Start("shellcheck", arguments);
        await lint.StandardInput.WriteAsync(input);
        lint.StandardInput.Close();
        var said = lint.StandardOutput.ReadToEndAsync(cancel);
        var error = await lint.StandardError.ReadToEndAsync(cancel);
        await lint.WaitForExitAsync(cancel);
        return await said + error;
    }
}
