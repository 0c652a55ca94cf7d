using Assay.Server.Intake.Wire;

namespace Assay.Server.Intake.Http;

/// <summary>application/x-protobuf.</summary>
internal sealed class ProtobufFormat : OtlpFormat
{
    protected override string ContentType => "application/x-protobuf";

    public override BodyResult ToProtobuf(ReadOnlyMemory<byte> body, Signal signal) => BodyResult.Of(body);

    protected override ReadOnlyMemory<byte> Response(Signal signal, IntakeOutcome outcome) => Messages.Response(outcome);

    protected override ReadOnlyMemory<byte> Status(IntakeOutcome outcome) => Messages.Status(outcome);
}
