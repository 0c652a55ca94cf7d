using System.Diagnostics;

namespace Assay.Tests.Rag.Gpu;

/// <summary>A program that answers as nvidia-smi does: same arguments, same CSV, same sentences and exit codes. It counts how often it was started.</summary>
internal sealed class FakeNvidiaSmi : IDisposable
{
    public const string NoDriver =
        "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.";

    private readonly TemporaryFolder _folder = new();

    /// <param name="body">Shell lines; <c>$here</c> is the folder of the program and <c>$call</c> the number of this call, from 1.</param>
    public FakeNvidiaSmi(string body)
    {
        Path = _folder.At("nvidia-smi");
        Write(
            $"""
            #!/bin/sh
            here=$(dirname "$0")
            echo "$*" >> "$here/calls"
            call=$(wc -l < "$here/calls")
            {body}
            """
        );
    }

    public string Path { get; }

    public string Folder => _folder.Path;

    public string[] Calls => File.Exists(_folder.At("calls")) ? File.ReadAllLines(_folder.At("calls")) : [];

    /// <summary>Prints these lines, exit code 0.</summary>
    public static FakeNvidiaSmi Printing(params string[] lines) => new($"cat <<'END'\n{string.Join('\n', lines)}\nEND");

    /// <summary>One H100 whose used memory in MiB is that of the call: first call, first figure; the last figure stays.</summary>
    public static FakeNvidiaSmi Using(params int[] mebibytes)
    {
        var cases = mebibytes.Select((m, i) => $"{i + 1}) used={m} ;;");
        return new($"case $call in {string.Join(' ', cases)} *) used={mebibytes[^1]} ;; esac\necho \"0, NVIDIA H100 PCIe, $used, 81559, 37\"");
    }

    public void Dispose() => _folder.Dispose();

    // A child writes the file: were it open for writing here while another test forks, starting it could fail with "text file busy".
    private void Write(string script)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "cat > \"$1\" && chmod 755 \"$1\"", "sh", Path])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        };
        using var shell = Process.Start(start)!;
        shell.StandardInput.Write(script);
        shell.StandardInput.Close();
        shell.WaitForExit();
        shell.ExitCode.ShouldBe(0);
    }
}
