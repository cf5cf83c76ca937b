"""Pictures are re-encoded once, when they are uploaded: a page never waits for one, and no metadata is kept."""

import hashlib
import io
import re

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

WIDTHS = (480, 960, 1600)  # pixels
TALLEST = 16383  # pixels; WebP holds no more
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
KINDS = ("JPEG", "PNG", "WEBP", "GIF", "TIFF")
STORED_NAME = re.compile(r"(?P<stem>.+-(?P<width>\d+)x(?P<height>\d+))\.webp\Z")


def open_picture(file):
    """The picture as a Pillow image, upright. Raises ValidationError, in words, for what is no picture or too large."""
    if file.size > MOST_BYTES:
        raise ValidationError(_("The picture is larger than 20 MB. Choose a smaller one."))
    try:
        file.seek(0)
        image = Image.open(file, formats=KINDS)
        if image.width * image.height > MOST_PIXELS:
            raise ValidationError(_("The picture has more than 60 million pixels. Choose a smaller one."))
        return ImageOps.exif_transpose(image)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is not a picture we can read. Use JPEG, PNG, WebP or GIF.")) from error


def encodings(image):
    """{file name: WebP bytes} for the largest size and each smaller one."""
    image = image.convert("RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB")
    largest = resized(image, min(image.width, WIDTHS[-1], max(1, image.width * TALLEST // image.height)))
    body = webp(largest)
    stem = f"{hashlib.sha256(body).hexdigest()[:20]}-{largest.width}x{largest.height}"
    smaller = {f"{stem}.{width}.webp": webp(resized(image, width)) for width in WIDTHS if width < largest.width}
    return {f"{stem}.webp": body} | smaller


def resized(image, width):
    height = min(TALLEST, max(1, round(image.height * width / image.width)))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def webp(image):
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=80, method=4)
    return buffer.getvalue()


def measures(name):
    """(width, height, {width: file name}) of a stored picture, read from its name; None for a name we did not make."""
    match = STORED_NAME.match(name)
    if not match:
        return None
    width, height = int(match["width"]), int(match["height"])
    sizes = {w: f"{match['stem']}.{w}.webp" for w in WIDTHS if w < width} | {width: name}
    return width, height, sizes


def readable_picture(file):
    """Validator: a picture newly uploaded can be read."""
    if file and not getattr(file, "_committed", True):
        open_picture(file.file)


class PictureField(models.ImageField):
    """An image kept as WebP in a few widths, named by its content. Old files stay, since old releases show them."""

    default_validators = [readable_picture]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("upload_to", "pictures")
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)

    def pre_save(self, instance, add):
        file = getattr(instance, self.attname)
        if file and not file._committed:
            names = [store(self, name, body) for name, body in encodings(open_picture(file.file)).items()]
            setattr(instance, self.attname, names[0])
        return getattr(instance, self.attname)


def store(field, name, body):
    path = f"{field.upload_to}/{name}"
    return path if field.storage.exists(path) else field.storage.save(path, ContentFile(body))
