namespace Assay;

/// <summary>
/// A problem that a person can mend: it says what is wrong, where, and what to do about it.
/// The command line prints <see cref="Exception.Message"/> and <see cref="Fix"/> and exits with <see cref="ExitCode"/>.
/// </summary>
public sealed class AssayException : Exception
{
    private AssayException(ExitCode exitCode, string problem, string fix, Exception? inner)
        : base(problem, inner)
    {
        ExitCode = exitCode;
        Fix = fix;
    }

    /// <summary>The process exit code: 2 for wrong input or usage, 4 for the surroundings.</summary>
    public ExitCode ExitCode { get; }

    /// <summary>What the reader can do now, as a sentence.</summary>
    public string Fix { get; }

    /// <summary>Wrong input or wrong usage (exit code 2). <paramref name="problem"/> names the place: file, line, option.</summary>
    public static AssayException Usage(string problem, string fix, Exception? inner = null) => new(ExitCode.WrongUsage, problem, fix, inner);

    /// <summary>The surroundings failed (exit code 4): disk, port, permissions.</summary>
    public static AssayException Infrastructure(string problem, string fix, Exception? inner = null) => new(ExitCode.Infrastructure, problem, fix, inner);
}
