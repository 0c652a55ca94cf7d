using Assay.Evaluation.Judges.Calibrations;

namespace Assay.Evaluation.Gates;

/// <summary>How far a judge agrees with people, as its calibration measured it.</summary>
/// <param name="Fingerprint">The fingerprint of the judge that was calibrated: it speaks for no other.</param>
/// <param name="Estimate">The agreement: κ, ρ or a share.</param>
/// <param name="Low">The lower one-sided 95 % bound (the lower end of a 90 % interval); null when there is none.</param>
/// <param name="High">The upper one-sided 95 % bound; null when there is none.</param>
/// <param name="N">Labelled items.</param>
/// <param name="Method">How it was computed.</param>
public sealed record JudgeAgreement(string Fingerprint, double Estimate, double? Low, double? High, long N, string Method)
{
    /// <summary>Items of which the judge gave no usable judgement.</summary>
    internal int Errors { get; init; }

    /// <summary>All labelled items, those included.</summary>
    internal int Items { get; init; }

    /// <summary>Whether it left out so many items that it is never passed (<see cref="CalibrationGate.MaxErrorShare"/>).</summary>
    internal bool LeavesOutTooMany => Errors > CalibrationGate.MaxErrorShare * Items;

    /// <summary>What a kept calibration says; null when it has no figure. Its bounds are the ends of a two-sided 95 % interval, which is stricter.</summary>
    public static JudgeAgreement? Of(StoredCalibration calibration) =>
        calibration.Report.Main is { Estimate: { } estimate } main
            ? new JudgeAgreement(calibration.Report.Fingerprint, estimate, main.Low, main.High, main.N, main.Method)
            {
                Errors = calibration.Report.Errors,
                Items = calibration.Report.Labels.Items,
            }
            : null;
}
