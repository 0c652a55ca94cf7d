using System.Runtime.InteropServices;

namespace Assay.Cli.Rehearsing;

/// <summary>How a program is started.</summary>
/// <param name="File">The file that is executed.</param>
/// <param name="First">What comes before its own arguments.</param>
internal sealed record ProgramStart(string File, IReadOnlyList<string> First)
{
    /// <summary>This program once more, whichever way it was started itself: as a command, by <c>dotnet</c>, or called by a test.</summary>
    public static ProgramStart OfAssay()
    {
        var assembly = typeof(CommandLine).Assembly.Location;
        // In a single file there is no assembly to name: the process is the program.
        return assembly.Length == 0 ? new ProgramStart(Environment.ProcessPath!, []) : Of(assembly);
    }

    /// <summary>A program by its file; an assembly is run by the <c>dotnet</c> that runs this process.</summary>
    public static ProgramStart Of(string path)
    {
        var full = Path.GetFullPath(path);
        return Path.GetExtension(full) == ".dll" ? new ProgramStart(Dotnet(), [full]) : new ProgramStart(full, []);
    }

    // …/shared/Microsoft.NETCore.App/10.0.0/ is where the runtime lies below it.
    private static string Dotnet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return System.IO.File.Exists(beside) ? beside : name;
    }
}
