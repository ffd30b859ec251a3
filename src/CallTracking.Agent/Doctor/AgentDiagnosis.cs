using CallTracking.Agent.Commands;
using CallTracking.Contracts;

namespace CallTracking.Agent.Doctor;

/// <summary>Findings that end as this program's commands end.</summary>
internal static class AgentDiagnosis
{
    extension(Diagnosis)
    {
        public static Diagnosis Fault(ExitCode exit, string code, string text, string cure) => Diagnosis.Fault((int)exit, code, text, cure);

        public static Diagnosis Of(Fault fault, ExitCode exit, string code, string before = "") => Diagnosis.Of(fault, (int)exit, code, before);
    }
}
