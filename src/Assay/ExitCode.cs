namespace Assay;

/// <summary>What every <c>assay</c> command tells the shell.</summary>
public enum ExitCode
{
    /// <summary>The command did its work and, where it decides, the decision is a pass.</summary>
    Pass = 0,

    /// <summary>The command did its work and the decision is a fail.</summary>
    Fail = 1,

    /// <summary>The arguments or the input are wrong; the message names the place and the fix.</summary>
    WrongUsage = 2,

    /// <summary>There was too little data to decide, or none.</summary>
    Inconclusive = 3,

    /// <summary>The surroundings failed: disk, port, network, permissions.</summary>
    Infrastructure = 4,
}
