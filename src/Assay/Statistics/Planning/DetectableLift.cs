namespace Assay.Statistics.Planning;

/// <summary>The smallest lifts of a rate that a plan's sizes find; a rise and a fall from the same baseline are not equally visible.</summary>
/// <param name="Rise">The plan with the smallest rise; null when the alternative looks for a fall only.</param>
/// <param name="Fall">The plan with the smallest fall, its effect below zero; null when the alternative looks for a rise only.</param>
public sealed record DetectableLift(StatisticResult? Rise, StatisticResult? Fall);
