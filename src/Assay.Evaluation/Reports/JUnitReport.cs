using System.Globalization;
using System.Text;
using System.Xml;
using Assay.Evaluation.Benchmarks;
using Assay.Evaluation.Gates;
using Assay.Evaluation.Metrics;

namespace Assay.Evaluation.Reports;

/// <summary>
/// For CI systems: the gates as one suite, the cases as another. A gate that fails is a failure, one that cannot decide is an error; in the other suite a case whose
/// value breaks a rate gate's limit is a failure, one whose target or judge failed is an error. The gates decide, not the count of red cases.
/// </summary>
internal static class JUnitReport
{
    public static void Write(Stream to, RunVerdict verdict, IEnumerable<CaseOutcome> outcomes)
    {
        var settings = new XmlWriterSettings
        {
            Indent = true,
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            NewLineChars = "\n",
            CloseOutput = false,
        };
        using var xml = XmlWriter.Create(to, settings);
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", Safe(verdict.Run.Plan.Benchmark));
        WriteGates(xml, verdict);
        WriteCases(xml, verdict, outcomes);
        xml.WriteEndElement();
    }

    private static void WriteGates(XmlWriter xml, RunVerdict verdict)
    {
        var failed = verdict.Gates.Count(g => g.Verdict == Verdict.Fail);
        StartSuite(
            xml,
            $"{verdict.Run.Plan.Benchmark}.gates",
            verdict.Gates.Count,
            failed,
            verdict.Gates.Count(g => g.Verdict is Verdict.Inconclusive or Verdict.NoData)
        );
        WriteProperties(xml, verdict);
        foreach (var gate in verdict.Gates)
        {
            StartCase(xml, $"{verdict.Run.Plan.Benchmark}.gates", gate.Gate.Name);
            var element = gate.Verdict switch
            {
                Verdict.Pass => "system-out",
                Verdict.Fail => "failure",
                _ => "error",
            };
            WriteNote(xml, element, gate.Verdict.ToString(), gate.Reason);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteProperties(XmlWriter xml, RunVerdict verdict)
    {
        var content = verdict.Run.Plan.Content;
        xml.WriteStartElement("properties");
        (string Name, string Value)[] properties =
        [
            ("verdict", verdict.Verdict.ToString()),
            ("run", verdict.Run.Plan.Run),
            ("dataset", $"{content.Dataset.Name} {content.Dataset.Hash}"),
            ("target", content.Target),
            ("models", string.Join(", ", verdict.Run.Target.Models.Concat(verdict.Run.Target.JudgeModels).Distinct(StringComparer.Ordinal))),
            ("dry_run", content.IsDryRun ? "true" : "false"),
            ("smoke", content.IsSmoke ? "true" : "false"),
        ];
        foreach (var (name, value) in properties)
        {
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", name);
            xml.WriteAttributeString("value", Safe(value));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCases(XmlWriter xml, RunVerdict verdict, IEnumerable<CaseOutcome> outcomes)
    {
        var rates = verdict.Gates.Where(g => g.Gate.CaseThreshold is not null).Select(g => g.Gate).ToList();
        var content = verdict.Run.Plan.Content;
        // Counts stand before the cases, and the cases are read once: so they are left out here, as the format allows.
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Safe($"{verdict.Run.Plan.Benchmark}.cases"));
        xml.WriteAttributeString("tests", Number(verdict.Run.Done));
        foreach (var outcome in outcomes)
        {
            var name = content.Repeats > 1 ? $"{outcome.Case.Id} #{outcome.Repeat + 1}" : outcome.Case.Id;
            StartCase(xml, $"{verdict.Run.Plan.Benchmark}.cases", name);
            xml.WriteAttributeString("time", ((outcome.Answer?.LatencyMs ?? 0) / 1000).ToString("0.000", CultureInfo.InvariantCulture));
            WriteOutcome(xml, outcome, content, rates);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteOutcome(XmlWriter xml, CaseOutcome outcome, RunContent content, List<Gate> rates)
    {
        if (outcome.TargetFault is { } fault)
        {
            WriteNote(xml, "error", fault.Fault.ToString(), fault.Problem);
            return;
        }

        var scores = new List<string>();
        for (var i = 0; i < outcome.Measurements.Count; i++)
        {
            var name = content.Metrics[i].Name;
            switch (outcome.Measurements[i])
            {
                case Measurement.Error error:
                    WriteNote(xml, "error", "judge", $"{name}: {error.Reason}");
                    return;
                case Measurement.Value value when rates.Find(g => g.Metric == name && !IsGood(g, value.Score)) is { } broken:
                    WriteNote(xml, "failure", broken.Name, $"{name} is {value.Score.ToString("0.####", CultureInfo.InvariantCulture)}. {value.Reason}");
                    return;
                case Measurement.Value value:
                    scores.Add($"{name} {value.Score.ToString("0.####", CultureInfo.InvariantCulture)}");
                    break;
            }
        }

        xml.WriteElementString("system-out", Safe(string.Join(", ", scores)));
    }

    /// <summary>Whether a case is on the good side: of a rate with an upper limit the cases that count are the bad ones.</summary>
    private static bool IsGood(Gate rate, double value) => rate.CaseThreshold!.Holds(value) == (rate.Threshold.Side == ThresholdSide.AtLeast);

    private static void StartSuite(XmlWriter xml, string name, int tests, int failures, int errors)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Safe(name));
        xml.WriteAttributeString("tests", Number(tests));
        xml.WriteAttributeString("failures", Number(failures));
        xml.WriteAttributeString("errors", Number(errors));
    }

    private static void StartCase(XmlWriter xml, string suite, string name)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Safe(suite));
        xml.WriteAttributeString("name", Safe(name));
    }

    private static void WriteNote(XmlWriter xml, string element, string type, string text)
    {
        xml.WriteStartElement(element);
        if (element != "system-out")
        {
            xml.WriteAttributeString("type", type);
            xml.WriteAttributeString("message", Safe(text));
        }

        xml.WriteString(Safe(text));
        xml.WriteEndElement();
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Without the characters that XML 1.0 cannot hold, whatever a model wrote.</summary>
    private static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                safe.Append(text, i, 2);
                i++;
            }
            else
            {
                safe.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return safe.ToString();
    }
}
