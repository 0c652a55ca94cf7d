using Assay.Server.Intake.Content;
using Assay.Server.Intake.Wire;
using Assay.Stores;

namespace Assay.Server.Intake;

/// <summary>
/// Gives the same source for the same bytes of resource and scope, across requests, so that its strings and its resource are held once. A
/// newcomer takes the place of another: bounded, and without locks.
/// </summary>
internal sealed class SourceTable(ContentPolicy policy)
{
    // Places, a power of two, and the longest resource and scope that are kept: at most 16 MiB in all.
    private const int Places = 512;
    private const int LongestKept = 16 << 10;

    private readonly Scrubber scrubber = new(policy);
    private readonly Entry?[] entries = new Entry?[Places];

    /// <summary>The source of a resource and a scope.</summary>
    /// <param name="resource">The resource; empty when there is none.</param>
    /// <param name="scope">The scope; empty when there is none.</param>
    /// <param name="tally">Counts what is left out of the resource.</param>
    /// <param name="problem">Set when one of them is not well formed; the result is of no use then.</param>
    public TelemetrySource Get(Slice resource, Slice scope, RequestTally tally, ref WireProblem problem)
    {
        var (hash, length) = (ByteHash.Of(resource.Bytes) ^ (ByteHash.Of(scope.Bytes) * 31), resource.Bytes.Length + scope.Bytes.Length);
        ref var place = ref entries[hash & (Places - 1)];
        if (place is { } found && resource.Bytes.SequenceEqual(found.Resource) && scope.Bytes.SequenceEqual(found.Scope))
        {
            return found.Source;
        }

        Check(resource, ResourceTag.Attributes, ref problem);
        Check(scope, ScopeTag.Attributes, ref problem);
        var source = Make(resource.Bytes, scope.Bytes, tally);
        if (!problem.IsPresent && length <= LongestKept)
        {
            place = new Entry(resource.Bytes.ToArray(), scope.Bytes.ToArray(), source);
        }

        return source;
    }

    private static void Check(Slice message, uint attributes, ref WireProblem problem)
    {
        var reader = new ProtoReader(message.Bytes, ref problem, message.Offset);
        while (reader.Next(out var tag))
        {
            if (tag == attributes)
            {
                ContentPolicy.IsClean(KeyValue.Read(reader.Message()).Value, ref problem, 1);
            }
            else
            {
                reader.Skip(tag);
            }
        }
    }

    private TelemetrySource Make(ReadOnlySpan<byte> resource, ReadOnlySpan<byte> scope, RequestTally tally)
    {
        var names = ResourceNames.Read(resource);
        return new TelemetrySource(
            names.Service,
            names.Version,
            names.Environment,
            Scrubbed(resource, tally),
            Spans.NameText.Of(Fields.Last(scope, ScopeTag.Name))
        );
    }

    private byte[] Scrubbed(ReadOnlySpan<byte> resource, RequestTally tally)
    {
        var problem = default(WireProblem);
        var reader = new ProtoReader(resource, ref problem);
        var to = new ProtoWriter(resource.Length + 16);
        var attributes = 0;
        for (var begin = 0; reader.Next(out var tag); begin = reader.Position)
        {
            if (tag != ResourceTag.Attributes)
            {
                reader.Skip(tag);
                to.Raw(reader.Since(begin));
                continue;
            }

            var keyValue = reader.Bytes();
            if (++attributes <= IntakeLimits.Attributes)
            {
                scrubber.WriteAttribute(tag, keyValue, to, tally);
            }
            else
            {
                tally.AttributesDropped++;
            }
        }

        return to.ToArray();
    }

    private sealed record Entry(byte[] Resource, byte[] Scope, TelemetrySource Source);
}

/// <summary>The names in a resource by which events are split.</summary>
internal sealed record ResourceNames(string Service, string Version, string Environment)
{
    // What the OpenTelemetry specification says a service without a name is called.
    private const string UnknownService = "unknown_service";

    public static ResourceNames Read(ReadOnlySpan<byte> resource)
    {
        var (service, version, environment, older) = ("", "", "", "");
        var problem = default(WireProblem);
        var reader = new ProtoReader(resource, ref problem);
        while (reader.Next(out var tag))
        {
            if (tag != ResourceTag.Attributes)
            {
                reader.Skip(tag);
                continue;
            }

            var attribute = KeyValue.Read(reader.Message());
            switch (AttributeKeys.Find(attribute.Key))
            {
                case AttributeKey.ServiceName:
                    service = Spans.NameText.Of(attribute.Value.Text);
                    break;
                case AttributeKey.ServiceVersion:
                    version = Spans.NameText.Of(attribute.Value.Text);
                    break;
                case AttributeKey.Environment:
                    environment = Spans.NameText.Of(attribute.Value.Text);
                    break;
                case AttributeKey.OlderEnvironment:
                    older = Spans.NameText.Of(attribute.Value.Text);
                    break;
            }
        }

        return new ResourceNames(service.Length == 0 ? UnknownService : service, version, environment.Length == 0 ? older : environment);
    }
}
