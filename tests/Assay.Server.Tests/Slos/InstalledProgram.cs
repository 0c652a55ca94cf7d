using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Assay.Server.Tests.Slos;

/// <summary>An installed program that runs until the test is over; its words are read so that it does not wait for a reader.</summary>
internal sealed class InstalledProgram : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder words = new();
    private bool isGone;

    private InstalledProgram(Process process)
    {
        this.process = process;
        process.OutputDataReceived += Read;
        process.ErrorDataReceived += Read;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it said so far.</summary>
    public string Said
    {
        get
        {
            lock (words)
            {
                return words.ToString();
            }
        }
    }

    /// <summary>Starts it; the test is skipped where it is not installed.</summary>
    public static InstalledProgram Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return new InstalledProgram(Process.Start(start)!);
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("ASSAY_REQUIRE_DATA") != "1")
        {
            Assert.Skip($"{program} is not installed (see eng/setup.sh); set ASSAY_REQUIRE_DATA=1 to make this a failure.");
            throw;
        }
    }

    /// <summary>Ends it; a test may do so before its end.</summary>
    public void Dispose()
    {
        if (isGone)
        {
            return;
        }

        isGone = true;
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private void Read(object sender, DataReceivedEventArgs line)
    {
        lock (words)
        {
            words.AppendLine(line.Data);
        }
    }
}
