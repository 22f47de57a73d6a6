"""How forms become HTML: our own templates, errors tied to their fields."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """`{{ form }}` and `{{ form.name.as_field_group }}` use the templates under `templates/forms/`."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
