namespace Assay.Evaluation.Judges.Calibrations;

/// <summary>What a calibration found.</summary>
/// <param name="Judge">The judge's name.</param>
/// <param name="Fingerprint">Its fingerprint: another one voids this.</param>
/// <param name="Labels">Against which labels.</param>
public sealed record CalibrationReport(string Judge, string Fingerprint, LabelSource Labels)
{
    /// <summary>Items with a judgement.</summary>
    public required int Judged { get; init; }

    /// <summary>Items of which the judge gave no usable judgement.</summary>
    public required int Errors { get; init; }

    /// <summary>Some of what went wrong.</summary>
    public IReadOnlyList<string> ErrorExamples { get; init; } = [];

    /// <summary>Agreement by each measure, the one that gates look at first.</summary>
    public required IReadOnlyList<AgreementLine> Agreement { get; init; }

    /// <summary>Whether judge and people follow the length of answers.</summary>
    public required LengthBias LengthBias { get; init; }

    /// <summary>Whether the order of two answers decided; null when the judge was not asked in both orders.</summary>
    public PositionBias? Position { get; init; }

    /// <summary>The agreement of each two members of a panel; empty for others.</summary>
    public IReadOnlyList<AgreementFigure> Members { get; init; } = [];

    /// <summary>Agreement by group, the largest groups first; empty without groups.</summary>
    public IReadOnlyList<GroupAgreement> Groups { get; init; } = [];

    /// <summary>The figure that gates look at.</summary>
    public AgreementFigure Main => Agreement[0].Judge;
}

/// <summary>A label file.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Hash">SHA-256 of its content.</param>
/// <param name="ArePairs">Whether it holds pairs.</param>
/// <param name="Items">How many items.</param>
/// <param name="Annotators">How many people.</param>
public sealed record LabelSource(string Name, string Hash, bool ArePairs, int Items, int Annotators);

/// <summary>Rank correlations with the length of the answer in characters; for pairs with how much longer B is.</summary>
/// <param name="Judge">The judge's.</param>
/// <param name="Humans">The people's: only what goes beyond it is bias.</param>
public sealed record LengthBias(AgreementFigure Judge, AgreementFigure Humans);

/// <summary>Agreement within one group.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Line">The figures.</param>
public sealed record GroupAgreement(string Group, AgreementLine Line);
