"""Pull-through cache rules and repository creation templates."""
