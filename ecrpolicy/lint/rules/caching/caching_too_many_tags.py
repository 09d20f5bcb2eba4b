"""More than 50 tags for a repository."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-too-many-tags",
    severity=Severity.ERROR,
    kinds=(Kind.TEMPLATES,),
    check=refused("caching-too-many-tags"),
    summary="a template has more than 50 resource tags",
    what="Finds `resourceTags` with 51 tags or more.",
    why="The service refuses the template.",
    trips="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "resourceTags": [
                {"Key": "k0", "Value": "1"},
                {"Key": "k1", "Value": "1"},
                {"Key": "k2", "Value": "1"},
                {"Key": "k3", "Value": "1"},
                {"Key": "k4", "Value": "1"},
                {"Key": "k5", "Value": "1"},
                {"Key": "k6", "Value": "1"},
                {"Key": "k7", "Value": "1"},
                {"Key": "k8", "Value": "1"},
                {"Key": "k9", "Value": "1"},
                {"Key": "k10", "Value": "1"},
                {"Key": "k11", "Value": "1"},
                {"Key": "k12", "Value": "1"},
                {"Key": "k13", "Value": "1"},
                {"Key": "k14", "Value": "1"},
                {"Key": "k15", "Value": "1"},
                {"Key": "k16", "Value": "1"},
                {"Key": "k17", "Value": "1"},
                {"Key": "k18", "Value": "1"},
                {"Key": "k19", "Value": "1"},
                {"Key": "k20", "Value": "1"},
                {"Key": "k21", "Value": "1"},
                {"Key": "k22", "Value": "1"},
                {"Key": "k23", "Value": "1"},
                {"Key": "k24", "Value": "1"},
                {"Key": "k25", "Value": "1"},
                {"Key": "k26", "Value": "1"},
                {"Key": "k27", "Value": "1"},
                {"Key": "k28", "Value": "1"},
                {"Key": "k29", "Value": "1"},
                {"Key": "k30", "Value": "1"},
                {"Key": "k31", "Value": "1"},
                {"Key": "k32", "Value": "1"},
                {"Key": "k33", "Value": "1"},
                {"Key": "k34", "Value": "1"},
                {"Key": "k35", "Value": "1"},
                {"Key": "k36", "Value": "1"},
                {"Key": "k37", "Value": "1"},
                {"Key": "k38", "Value": "1"},
                {"Key": "k39", "Value": "1"},
                {"Key": "k40", "Value": "1"},
                {"Key": "k41", "Value": "1"},
                {"Key": "k42", "Value": "1"},
                {"Key": "k43", "Value": "1"},
                {"Key": "k44", "Value": "1"},
                {"Key": "k45", "Value": "1"},
                {"Key": "k46", "Value": "1"},
                {"Key": "k47", "Value": "1"},
                {"Key": "k48", "Value": "1"},
                {"Key": "k49", "Value": "1"},
                {"Key": "k50", "Value": "1"}
              ]
            }
          ]
        }
        """,
    passes="""
        {
          "repositoryCreationTemplates": [
            {
              "prefix": "ROOT",
              "appliedFor": ["REPLICATION"],
              "resourceTags": [{"Key": "team", "Value": "web"}]
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Tagging a private repository”, “Tag restrictions”",),
)
